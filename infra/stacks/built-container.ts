import { z } from "zod";
import type { Json } from "../../core/domain/hosting/canonical.ts";

/** What a container was built from, as far as somebody could run another one in its place. */
export type BuiltContainer = {
  /** its name on the host */
  container: string;
  image: string;
  memoryMb: number;
  /** "NAME=value", secrets too */
  environment: string[];
  /** "/data" to the volume */
  mounts: Record<string, string>;
  networks: string[];
  /** "2222/tcp: 22001" */
  ports: string[];
};

const secret = z.object({ plaintext: z.string() }).transform(({ plaintext }) => JSON.parse(plaintext) as unknown);
const text = z.union([z.string(), secret.pipe(z.string())]);
const texts = z.array(text);

const inputs = z.object({
  name: z.string(),
  image: z.string(),
  memory: z.number().default(0),
  envs: z.union([texts, secret.pipe(texts)]).default([]),
  mounts: z.array(z.object({ type: z.string(), source: z.string().default(""), target: z.string() })).default([]),
  ports: z
    .array(z.object({ internal: z.number(), external: z.number(), protocol: z.string().default("tcp") }))
    .default([]),
  networkMode: z.string().default(""),
  networksAdvanced: z.array(z.object({ name: z.string() })).default([]),
});

/** Of the inputs of a container in a state that was exported with its secrets. */
export function readBuilt(given: Json): BuiltContainer {
  const { name, image, memory, envs, mounts, ports, networkMode, networksAdvanced } = inputs.parse(given);
  const volumes = mounts.filter(({ type }) => type === "volume");
  return {
    container: name,
    image,
    memoryMb: memory,
    environment: envs,
    mounts: Object.fromEntries(volumes.map(({ source, target }) => [target, source])),
    ports: ports.map(({ internal, external, protocol }) => `${internal}/${protocol}: ${external}`),
    networks: networksAdvanced.length > 0 ? networksAdvanced.map((each) => each.name) : [networkMode],
  };
}
