# docker build -t quotes .
# docker run --rm -v "$PWD:/data" quotes ingest articles/ --db quotes.db

FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /opt/quotes
# Dependencies alone first: they change seldom, and this layer stays cached when only the code does.
COPY pyproject.toml ./
RUN /opt/quotes/bin/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"], sep="\n")' > requirements.txt \
    && /opt/quotes/bin/pip install --no-cache-dir -r requirements.txt
COPY README.md LICENSE ./
COPY quotes ./quotes
RUN /opt/quotes/bin/pip install --no-cache-dir --no-deps .

FROM python:3.13-slim
COPY --from=build /opt/quotes /opt/quotes
ENV PATH="/opt/quotes/bin:$PATH" PYTHONUNBUFFERED=1
RUN useradd --create-home --uid 1000 quotes && mkdir /data && chown quotes:quotes /data
USER quotes
# Where the host's folder is mounted: articles and database. The weights are inside the package.
WORKDIR /data
# No HEALTHCHECK: the image runs one command and ends. The server brings one with it, on /healthz.
ENTRYPOINT ["quotes"]
CMD ["--help"]
