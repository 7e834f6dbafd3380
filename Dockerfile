# docker build -t quotes .
# docker run --rm -v "$PWD:/data" quotes ingest articles/
# docker run --rm -v "$PWD:/data" -p 8000:8000 quotes

FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /opt/quotes
# Dependencies alone first: they change seldom, and this layer stays cached when only the code does.
COPY pyproject.toml ./
RUN /opt/quotes/bin/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"], sep="\n")' > requirements.txt \
    && /opt/quotes/bin/pip install --no-cache-dir -r requirements.txt
COPY README.md LICENSE ./
COPY quotes ./quotes
COPY api ./api
RUN /opt/quotes/bin/pip install --no-cache-dir --no-deps .

FROM python:3.13-slim
COPY --from=build /opt/quotes /opt/quotes
ENV PATH="/opt/quotes/bin:$PATH" PYTHONUNBUFFERED=1
RUN useradd --create-home --uid 1000 quotes && mkdir /data && chown quotes:quotes /data
USER quotes
# Where the host's folder is mounted, with articles and database. The weights are inside the package.
WORKDIR /data
ENV QUOTES_DB=/data/quotes.db
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["quotes"]
CMD ["serve", "--host", "0.0.0.0"]
