# One image for web, worker, beat and migrate: what runs, without tests and without servers of its own.
FROM python:3.13-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
WORKDIR /app
COPY requirements.lock pyproject.toml ./
COPY bin bin
# First everything, by hash; then, from what that says of itself, the part that production needs.
RUN python bin/launch.py production insights > production.lock \
    && python -m venv /opt/earshot \
    && /opt/earshot/bin/pip install --only-binary :all: --require-hashes -r production.lock
COPY . .
RUN python bin/launch.py messages \
    && SECRET_KEY=only-to-collect STATIC_ROOT=/static /opt/earshot/bin/python manage.py collectstatic --no-input \
    && rm -rf .venv production.lock

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin earshot \
    && install --directory --owner earshot --group earshot --mode 700 /data
ENV PATH=/opt/earshot/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    EARSHOT_DATA=/data STATIC_ROOT=/static GRANIAN_WORKERS=3
WORKDIR /app
COPY --from=build /opt/earshot /opt/earshot
COPY --from=build /static /static
COPY --from=build /app /app
USER earshot
VOLUME /data
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--no-ws", "--blocking-threads", "4", "--respawn-failed-workers", "--workers-kill-timeout", "8", "config.wsgi:application"]
