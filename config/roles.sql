-- The four database roles of Earshot. Run once as a superuser; running it again changes nothing.
--
--   earshot        logs in, owns the database and its tables, runs migrations
--   earshot_app    what requests and tasks become (SET ROLE): owns nothing, bound by row-level security
--   earshot_sweep  what a sweep across districts becomes: passes row-level security, sees few columns
--   earshot_search owns the one search function: passes row-level security, sees the searched columns;
--                  nothing becomes it but a migration, the function applies the district itself
--
-- The password of `earshot` is set apart from this file: ALTER ROLE earshot PASSWORD '...'.

DO $roles$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'earshot') THEN
        CREATE ROLE earshot LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'earshot_app') THEN
        CREATE ROLE earshot_app;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'earshot_sweep') THEN
        CREATE ROLE earshot_sweep;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'earshot_search') THEN
        CREATE ROLE earshot_search;
    END IF;
END
$roles$;

ALTER ROLE earshot LOGIN INHERIT NOSUPERUSER NOBYPASSRLS NOREPLICATION NOCREATEROLE;
ALTER ROLE earshot_app NOLOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOREPLICATION NOCREATEROLE NOCREATEDB;
ALTER ROLE earshot_sweep NOLOGIN NOINHERIT NOSUPERUSER BYPASSRLS NOREPLICATION NOCREATEROLE NOCREATEDB;
ALTER ROLE earshot_search NOLOGIN NOINHERIT NOSUPERUSER BYPASSRLS NOREPLICATION NOCREATEROLE NOCREATEDB;

-- `earshot` may become the others but holds none of their rights until it does. Before
-- PostgreSQL 16 that cannot be said for one grant alone, and a NOINHERIT owner of the database could
-- not create in its schema, so there the login role also inherits; since then it is said by grant.
DO $grants$
BEGIN
    IF current_setting('server_version_num')::int >= 160000 THEN
        EXECUTE 'GRANT earshot_app, earshot_sweep, earshot_search TO earshot WITH INHERIT FALSE, SET TRUE';
    ELSE
        GRANT earshot_app, earshot_sweep, earshot_search TO earshot;
    END IF;
END
$grants$;
