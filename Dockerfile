# Two images, one for each interpreter: docker build --target service . and --target rasa .
# compose.yaml puts them together with PostgreSQL.

FROM python:3.11-slim AS service
WORKDIR /srv/guiju
ENV PYTHONUNBUFFERED=1 OMP_NUM_THREADS=1
COPY requirements/service.txt requirements/
RUN pip install --no-cache-dir -r requirements/service.txt \
    && useradd --uid 10001 --user-group --home-dir /srv/guiju guiju \
    && install --directory --owner=guiju --group=guiju var
COPY pyproject.toml ./
COPY knowledge knowledge
COPY demo demo
COPY actions actions
COPY bot bot
USER 10001
ENV HOST=0.0.0.0 PORT=8000
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["python", "-m", "bot", "serve"]

FROM python:3.10-slim AS rasa
WORKDIR /srv/guiju
ENV PYTHONUNBUFFERED=1 OMP_NUM_THREADS=1 \
    RASA_TELEMETRY_ENABLED=false SANIC_WORKERS=1 TF_CPP_MIN_LOG_LEVEL=3 LOG_LEVEL=WARNING \
    ACTION_PORT=5055 MPLCONFIGDIR=/tmp/matplotlib
COPY requirements/rasa.txt requirements/
RUN pip install --no-cache-dir -r requirements/rasa.txt \
    && useradd --uid 10001 --user-group --home-dir /srv/guiju guiju
COPY config.yml domain.yml endpoints.yml credentials.yml ./
COPY scripts/train_dialogue.py scripts/run_rasa.py scripts/
COPY nlu nlu
COPY data data
RUN python scripts/train_dialogue.py
USER 10001
# Loopback only: whoever reaches Rasa is believed to be whoever they say.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:5005/', timeout=4)"]
CMD ["python", "scripts/run_rasa.py", "run", "--model", "models/dialogue.tar.gz", \
    "--interface", "127.0.0.1", "--port", "5005"]
