# The program alone, linked statically with musl, in an image without a shell, a C library or anything else:
#
#     docker run --rm -v "$PWD:/site" ghcr.io/slugline/slugline check content
#
# `--user "$(id -u):$(id -g)"` where it is to write: --fix, convert -o.
FROM rust:1.95-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY Cargo.toml Cargo.lock build.rs README.md ./
COPY schemas schemas
COPY src src
# Cargo asks for every target that Cargo.toml names, built or not.
COPY benches benches
RUN cargo build --release --locked --bin slugline \
  && mkdir /image \
  && cp target/release/slugline /image/ \
  && /image/slugline --version

FROM scratch
LABEL org.opencontainers.image.title="slugline" \
  org.opencontainers.image.description="Convert between feeds, posts with front matter and site exports, and check that each carries what it must" \
  org.opencontainers.image.licenses="MIT OR Apache-2.0" \
  org.opencontainers.image.source="https://github.com/slugline/slugline"
COPY --from=build /image/slugline /slugline
COPY LICENSE-APACHE LICENSE-MIT /licenses/
WORKDIR /site
USER 65534:65534
ENTRYPOINT ["/slugline"]
