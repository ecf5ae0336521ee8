import type { ApplicationInput, PlatformInput } from "../../infra/stack-input.ts";

const anImage = `sha256:${"a".repeat(64)}`;
const aHost = { endpoint: "unix:///var/run/docker.sock" };

type Slot = ApplicationInput["web"][number];

/** A container that busybox answers from. */
export function aSlot(given: Partial<Slot> = {}): Slot {
  const slot = given.slot ?? "a";
  return {
    slot,
    port: 8080,
    image: anImage,
    address: slot === "a" ? "10.44.0.2" : "10.44.0.3",
    entrypoint: [],
    command: ["/bin/busybox", "httpd", "-f", "-p", "8080", "-h", "/www"],
    environment: [{ name: "GREETING", value: "halo" }],
    memoryMb: 64,
    cpus: 0.5,
    user: "10001:10001",
    isReadOnly: true,
    temporary: ["/tmp"],
    temporaryMb: 64,
    mounts: [{ volume: "data", path: "/data", isReadOnly: false }],
    healthCheck: {
      test: ["CMD", "/bin/busybox", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/"],
      intervalSeconds: 1,
      timeoutSeconds: 2,
      retries: 3,
      startSeconds: 1,
    },
    stopSeconds: 1,
    ...given,
  };
}

export function anApplication(given: Partial<ApplicationInput> = {}): ApplicationInput {
  return {
    kind: "application",
    name: "app-bappeda",
    host: aHost,
    published: { name: "bappeda.test", reach: "intranet" },
    network: { subnet: "10.44.0.0/29", gateway: "10.44.0.1" },
    web: [aSlot()],
    volumes: ["data"],
    ...given,
  };
}

export function aPlatform(given: Partial<PlatformInput> = {}): PlatformInput {
  return {
    kind: "platform",
    name: "platform",
    host: aHost,
    proxy: { image: anImage, memoryMb: 256, cpus: 1 },
    ...given,
  };
}
