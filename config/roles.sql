-- The three roles of an installation, made once by a superuser; running it again changes nothing.
-- Psql and the embedded server run it as it is. The login role has no password here: set one, or
-- let the server's own rules decide who may connect.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'earshot') THEN
        CREATE ROLE earshot LOGIN NOSUPERUSER NOBYPASSRLS;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'earshot_app') THEN
        CREATE ROLE earshot_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'earshot_sweep') THEN
        CREATE ROLE earshot_sweep NOLOGIN NOSUPERUSER BYPASSRLS;
    END IF;
    GRANT earshot_app, earshot_sweep TO earshot;
END
$$;
