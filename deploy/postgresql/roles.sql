-- As postgres, once: psql -f roles.sql. Passwords follow one by one with \password.
-- Their grants and row policies: manage.py database_roles, as the owner. The worker works as the desk, told that it is the system.
create role huhang_owner login;
create role huhang_desk login;
create role huhang_liaison login;
create role huhang_statistics login;
create role huhang_auditor nologin;
create role huhang_worker login in role huhang_desk;
create role huhang_backup login bypassrls in role pg_read_all_data;
