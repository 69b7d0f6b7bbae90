from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0005_reseal_action'),
    ]

    operations = [
        migrations.AlterField(
            model_name='readaudit',
            name='purpose',
            field=models.CharField(choices=[('hotline', 'Hotline call'), ('casework', 'Casework'), ('liaison', 'Liaison duty'), ('search', 'Search'), ('document', 'Document'), ('follow_up', 'Follow-up visit'), ('supervision', 'Supervision'), ('audit', 'Audit'), ('system', 'System task'), ('unstated', 'Not stated'), ('emergency', 'Emergency')], max_length=16),
        ),
    ]
