# A small image with brokerfit and the shell that GitLab and others run scripts with: docker run --rm -v "$PWD:/work:ro" IMAGE check
FROM docker.io/library/rust:1.88-alpine AS build
WORKDIR /build
COPY . .
# Linked against musl, so that it needs nothing else to run.
RUN cargo build --release --locked

FROM docker.io/library/alpine:3.22
COPY --from=build /build/target/release/brokerfit /usr/local/bin/brokerfit
WORKDIR /work
# Nobody: it only reads what is mounted, and writes where it is told to.
USER 65534:65534
ENTRYPOINT ["/usr/local/bin/brokerfit"]
CMD ["--help"]
