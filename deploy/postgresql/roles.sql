-- As postgres, once: psql -f roles.sql. Passwords follow one by one with \password.
-- The running roles (desk, liaison, statistics, worker) and their grants: manage.py database_roles.
create role huhang_owner login;
create role huhang_backup login bypassrls in role pg_read_all_data;
