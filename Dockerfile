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
# The image has no curl; bash can open a connection by itself.
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s CMD ["/bin/bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/7878 && printf 'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["/usr/local/bin/yiju"]
CMD ["serve", "--listen", "0.0.0.0:7878"]
