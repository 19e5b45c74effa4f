# Heard in a container; README.md, 'Run it for good', says how to start it.

FROM python:3.11-slim AS build
COPY requirements-server.txt /
# --only-binary: nothing that was downloaded runs here. pip compiles what it installs.
RUN python -m venv --without-pip /venv && \
    pip --python /venv/bin/python install --no-cache-dir --require-hashes --only-binary :all: \
        -r /requirements-server.txt
COPY bot /heard/bot
COPY handlers /heard/handlers
COPY storage /heard/storage
COPY manifest.json /heard/
RUN /venv/bin/python -m compileall -q /heard

FROM python:3.11-slim
# What installs packages is of no use to anybody any more but to an intruder.
RUN pip uninstall --yes --quiet --root-user-action ignore pip setuptools wheel && \
    groupadd --gid 10001 heard && \
    useradd --uid 10001 --gid heard --no-create-home heard && \
    install --directory --owner heard --group heard --mode 700 /data
COPY --from=build /venv /venv
COPY --from=build /heard /heard
# HOME: Slack's SDK wants one, whoever the container is run as.
ENV PATH=/venv/bin:$PATH \
    HOME=/data \
    PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=tinydb:////data/heard.json \
    HEARD_METRICS_PORT=9464 \
    GUNICORN_CMD_ARGS="--bind=0.0.0.0:3000 --threads=10 --graceful-timeout=10 \
--worker-tmp-dir=/dev/shm --no-control-socket"
WORKDIR /heard
USER 10001:10001
VOLUME /data
EXPOSE 3000
# The port for figures answers this too, over HTTP as in Socket Mode.
HEALTHCHECK --start-period=60s --timeout=5s CMD ["python", "-c", "\
import os, urllib.request; \
port = os.environ['HEARD_METRICS_PORT']; \
port and urllib.request.urlopen(f'http://127.0.0.1:{port}/healthz', timeout=4)"]
# Socket Mode. Over HTTP: gunicorn bot.wsgi:application
CMD ["python", "-m", "bot", "run"]
