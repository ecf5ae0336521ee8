import type { ResourceKind } from "../../core/domain/hosting/preview.ts";

/** Pulumi has begun or finished something. */
export type Progress = {
  kind: ResourceKind;
  /** of the resource in its stack: "web-a" */
  name: string;
  /** Pulumi's word: "creating", "created", "deleted original", "updated" … */
  what: string;
};

const kinds: Record<string, ResourceKind> = { Container: "container", Network: "network", Volume: "volume" };

/** Of lines such as " +  docker:index:Container web-a created (3s)"; others say nothing of progress. */
export function readProgress(line: string): Progress | undefined {
  const found = /^\s*\S{0,2}\s+docker:index:(\w+) (\S+) ([a-z][a-z ]*[a-z]) \(/.exec(line);
  if (found === null) return undefined;
  const [, type = "", name = "", what = ""] = found;
  return { kind: kinds[type] ?? "other", name, what };
}
