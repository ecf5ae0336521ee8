# Simpul as an image. How to build and run it: docs/operations.md, "In a container".

# Any image with Node 20 or newer and npm; it only installs the packages.
ARG INSTALL_BASE=docker.io/library/node:24-bookworm-slim
# Any Debian of glibc; Node and PostgreSQL come with the packages.
ARG BASE=docker.io/library/debian:bookworm-slim

FROM ${INSTALL_BASE} AS packages
WORKDIR /opt/simpul
COPY package.json package-lock.json ./
# npm links no `node` where several packages bring one, as in the script "setup".
RUN npm ci --omit=dev --loglevel=error --no-fund --no-audit && { [ -x node_modules/.bin/node ] || ln -sf ../node-linux-*/bin/node node_modules/.bin/node; }

FROM ${BASE}
# Telegram is reached over HTTPS; Node brings its own certificates, so nothing else is needed.
RUN useradd --uid 1000 --user-group --home-dir /var/lib/simpul --shell /usr/sbin/nologin simpul \
  && install -d -m 0700 -o simpul -g simpul /var/lib/simpul
WORKDIR /opt/simpul
COPY --from=packages /opt/simpul/node_modules node_modules
COPY . .
USER simpul
# 0.0.0.0 is that of the container: what of it can be reached is said by `docker run --publish`.
ENV PATH=/opt/simpul/node_modules/.bin:$PATH SIMPUL_HOME=/var/lib/simpul HOST=0.0.0.0 PORT=8080
# As package.json, "config", has it: docs/adr/0021-what-a-message-costs.md.
ENV NODE_OPTIONS=--max-semi-space-size=8
VOLUME /var/lib/simpul
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# A part alone: `docker run … node parts/run.ts bot`.
CMD ["node", "main.ts"]
