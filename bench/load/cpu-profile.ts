import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** As `node --cpu-prof` writes it; times in microseconds. */
type CpuProfile = {
  nodes: { id: number; callFrame: { functionName: string; url: string }; children?: number[] }[];
  samples: number[];
  timeDeltas: number[];
};

type Part = { name: string; is: RegExp };

/** Of our own code; the innermost of it on the stack tells for what something was done. */
const ownParts: readonly Part[] = [
  {
    name: "inbox: polling, storing, taking, marking",
    is: /\/bot\/(poll|receive|inbox|hearing)\.ts|\/core\/db\/inbox\.ts/,
  },
  {
    name: "outbox: looking, words, buttons, marking",
    is: /\/bot\/(sender|delivery|presses|limits|replies\/)|\/core\/db\/outbox\.ts/,
  },
  { name: "sealer and tasks", is: /\/worker\// },
  { name: "action: who it is, what is wanted", is: /\/(bot|core)\/(?!db\/(database|preparing-client))/ },
];
/** Where none of our own is on the stack: what came back from a socket. */
const otherParts: readonly Part[] = [
  { name: "HTTP", is: /telegraf|node-fetch|node:_http|node:http|node:internal\/url/ },
  { name: "database driver", is: /\/(kysely|pg|pg-protocol|pg-pool|pg-boss)\// },
];
const http = /\/telegraf\/|\/node-fetch\//;

/** @returns the share of each part in the time that the process was busy, largest first */
export async function sharesOf(folder: string): Promise<[part: string, share: number][]> {
  const [name, ...others] = await readdir(folder);
  if (name === undefined || others.length > 0)
    throw new Error(`measuring: Node has written ${1 + others.length} profiles, not one`);
  const profile: CpuProfile = JSON.parse(await readFile(join(folder, name), "utf8"));
  const stacks = stacksOf(profile);
  const times = new Map<string, number>();
  for (const [index, id] of profile.samples.entries()) {
    const part = partOf(stacks.get(id) ?? []);
    if (part !== undefined) times.set(part, (times.get(part) ?? 0) + (profile.timeDeltas[index] ?? 0));
  }
  const busy = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times]
    .map(([part, time]): [string, number] => [part, time / busy])
    .sort(([, one], [, other]) => other - one);
}

type Frame = CpuProfile["nodes"][number]["callFrame"];

/** The frames of each node, innermost first. */
function stacksOf({ nodes }: CpuProfile): Map<number, Frame[]> {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const stackOf = (id: number | undefined): Frame[] => {
    const frame = id === undefined ? undefined : frames.get(id);
    return id === undefined || frame === undefined ? [] : [frame, ...stackOf(parents.get(id))];
  };
  return new Map(nodes.map(({ id }) => [id, stackOf(id)]));
}

/** @returns undefined: it was idle */
function partOf(stack: readonly Frame[]): string | undefined {
  const name = stack[0]?.functionName;
  if (name === "(idle)") return undefined;
  if (name === "(garbage collector)") return "garbage collector";
  if (name === "writev" || name === "writeBuffer") return "writing to sockets";
  const urls = stack.map(({ url }) => url);
  if (urls.some((url) => http.test(url))) return "HTTP";
  const own = urls.find((url) => !url.includes("/node_modules/") && ownParts.some(({ is }) => is.test(url)));
  const found = own === undefined ? undefined : ownParts.find(({ is }) => is.test(own));
  return (found ?? otherParts.find(({ is }) => urls.some((url) => is.test(url))))?.name ?? "Node itself, and the start";
}
