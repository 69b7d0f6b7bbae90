-- As postgres: psql -f database.sql. At the first set-up, and before restoring a backup.
create database huhang owner huhang_owner template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8';
revoke all on database huhang from public;
grant connect on database huhang to huhang_backup, huhang_desk, huhang_liaison, huhang_statistics, huhang_worker;
\connect huhang
revoke all on schema public from public;
alter schema public owner to huhang_owner;
