import { readFileSync } from "node:fs";
import * as docker from "@pulumi/docker";
import { type CustomResourceOptions, type Input, secret } from "@pulumi/pulumi";
import { openSecret } from "../../core/domain/hosting/sealed-secret.ts";
import { restartPolicy } from "../restart-policy.ts";
import type { ContainerInput } from "../stack-input.ts";
import { labelsOf } from "./labels.ts";

/** What every container of ours is told, so that nothing is left to an engine's defaults, which drift or force a replacement. */
export const commonArgs = {
  capabilities: { drops: ["ALL"] },
  securityOpts: ["no-new-privileges"],
  privileged: false,
  ipcMode: "private",
  restart: restartPolicy,
  mustRun: true,
  // Ten megabytes, three times.
  logDriver: "json-file",
  logOpts: { "max-size": "10m", "max-file": "3" },
} satisfies Partial<docker.ContainerArgs>;

/**
 * A container of an application. It counts as made when its health check has passed.
 *
 * @param name of the resource; with the stack's before it that of the container
 * @param network the application's own
 * @param volumes the stack's, by their names in the input
 */
export function createContainer(
  stack: string,
  name: string,
  input: ContainerInput & { publishedPort?: number; port?: number },
  network: docker.Network,
  volumes: ReadonlyMap<string, docker.Volume>,
  options: CustomResourceOptions,
): docker.Container {
  const { healthCheck } = input;
  return new docker.Container(
    name,
    {
      ...commonArgs,
      ...resourcesOf(input),
      name: `${stack}-${name}`,
      labels: labelsOf("container", name),
      image: input.image,
      // An empty list would be a wish of its own, from which the image's differs at each refresh.
      ...(input.entrypoint.length > 0 ? { entrypoints: input.entrypoint } : {}),
      ...(input.command.length > 0 ? { command: input.command } : {}),
      envs: input.environment.map(toEnv),
      user: input.user,
      readOnly: input.isReadOnly,
      tmpfs: Object.fromEntries(input.temporary.map((path) => [path, `rw,noexec,nosuid,size=${input.temporaryMb}m`])),
      mounts: input.mounts.map(({ volume, path, isReadOnly }) => ({
        type: "volume",
        source: volumes.get(volume)?.name ?? volume,
        target: path,
        readOnly: isReadOnly,
      })),
      ...portsOf(input),
      networkMode: "bridge",
      networksAdvanced: [{ name: network.name, ipv4Address: input.address }],
      healthcheck: {
        tests: healthCheck.test,
        interval: durationOf(healthCheck.intervalSeconds),
        timeout: durationOf(healthCheck.timeoutSeconds),
        retries: healthCheck.retries,
        startPeriod: durationOf(healthCheck.startSeconds),
      },
      wait: true,
      waitTimeout: healthyWithinSeconds(healthCheck),
      destroyGraceSeconds: input.stopSeconds,
      stopTimeout: input.stopSeconds,
    },
    { ...options, replaceOnChanges: ["healthcheck"], deleteBeforeReplace: true },
  );
}

/** What is published is reached at every address of its host; the others are reached by the proxy alone. */
function portsOf({ publishedPort: external, port: internal }: { publishedPort?: number; port?: number }) {
  if (external === undefined || internal === undefined) return {};
  return { ports: [{ internal, external, ip: "0.0.0.0", protocol: "tcp" }] };
}

/** As the engine writes it back, "1m0s": "60s" drifts. */
function durationOf(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds}s` : `${minutes}m${seconds % 60}s`;
}

/** Without swap: what does not fit into the memory given is to end, and not to slow down its neighbours. */
export function resourcesOf({ memoryMb, cpus }: { memoryMb: number; cpus: number }) {
  return { memory: memoryMb, memorySwap: memoryMb, cpus: Number.isInteger(cpus) ? `${cpus}.0` : String(cpus) };
}

/** The last check may begin when the patience of those before it has ended. */
function healthyWithinSeconds({
  startSeconds,
  intervalSeconds,
  timeoutSeconds,
  retries,
}: ContainerInput["healthCheck"]) {
  return startSeconds + (retries + 1) * (intervalSeconds + timeoutSeconds);
}

function toEnv(variable: ContainerInput["environment"][number]): Input<string> {
  if ("value" in variable) return `${variable.name}=${variable.value}`;
  return secret(`${variable.name}=${openSecret(readPassphrase(), variable.sealed)}`);
}

/** Pulumi's own: who can read the stack's secrets in its state can read those in its input. */
function readPassphrase(): string {
  const { PULUMI_CONFIG_PASSPHRASE_FILE: file, PULUMI_CONFIG_PASSPHRASE: given } = process.env;
  if (file) return readFileSync(file, "utf8").trim();
  if (given) return given;
  throw new Error("opening the secrets of the stack: set PULUMI_CONFIG_PASSPHRASE_FILE, as npm run pulumi does");
}
