# Builds the program and leaves it alone in a small image; the corpus and the index live on a volume.
FROM rust:1.95-bookworm AS build
WORKDIR /source
COPY . .
RUN cargo build --release --locked

FROM debian:bookworm-slim
RUN useradd --system --home-dir /var/lib/yiju --create-home yiju
COPY --from=build /source/target/release/yiju /usr/local/bin/yiju
COPY --from=build --chown=yiju:yiju /source/corpus /var/lib/yiju/corpus
USER yiju
WORKDIR /var/lib/yiju
VOLUME /var/lib/yiju
EXPOSE 7878
HEALTHCHECK --interval=30s --timeout=3s CMD ["/usr/local/bin/yiju", "search", "--limit", "1", "公开"]
ENTRYPOINT ["/usr/local/bin/yiju"]
CMD ["serve", "--listen", "0.0.0.0:7878"]
