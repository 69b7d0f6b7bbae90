-- As postgres: psql -f roles.sql. Passwords follow one by one with \password.
-- The running roles (desk, liaison, statistics, worker) and their grants: manage.py database_roles.
create role huhang_owner login;
create role huhang_backup login bypassrls in role pg_read_all_data;
create database huhang owner huhang_owner encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8' template template0;
revoke all on database huhang from public;
\connect huhang
revoke all on schema public from public;
alter schema public owner to huhang_owner;
grant connect on database huhang to huhang_backup;
create extension if not exists pg_trgm;
create extension if not exists btree_gin;
create extension if not exists btree_gist;
