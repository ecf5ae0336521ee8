import { canonical, type Json } from "../../core/domain/hosting/canonical.ts";
import { type Drift, tidyDrift } from "../../core/domain/hosting/drift.ts";
import { partsOfUrn } from "../../core/domain/hosting/preview.ts";
import type { StackState } from "../../core/domain/hosting/state-hash.ts";
import { accept, type Outcome } from "../../core/domain/outcome.ts";
import { readBuilt } from "./built-container.ts";
import { compareContainer } from "./compare-container.ts";
import { openInput, type StackContext } from "./context.ts";
import { type DockerHost, inspectContainers } from "./docker-host.ts";
import { changedBy, type PulumiStep, readSteps } from "./preview-output.ts";
import { runPulumi } from "./run-pulumi.ts";
import { readState } from "./state.ts";

/**
 * What of a stack was changed by hand. Pulumi's refresh sees most; it sees neither a network that was joined, nor what
 * somebody put in the place of a container under the same name.
 */
export async function findDrift(
  context: StackContext,
  stack: string,
  options: { signal?: AbortSignal } = {},
): Promise<Outcome<Drift[], "stack-locked">> {
  const doing = `comparing stack ${stack} with its host`;
  const { secrets, docker } = await openInput(context, stack);
  const state = await readState(context, stack);
  if (state === undefined || state.resources.length === 0) return accept([]);
  // First, since Docker's client says why a host cannot be asked, and Pulumi's provider says only that it cannot.
  const joined = await compareContainers(docker, state);
  const args = ["refresh", "--preview-only", "--json"];
  const printed = await runPulumi(context, stack, args, { doing, secrets, ...options });
  if (!printed.ok) return printed;
  const seen = readSteps(printed.value).flatMap(toDrift);
  return accept(tidyDrift([...joined, ...seen]));
}

function toDrift(step: PulumiStep): Drift[] {
  const { kind, name } = partsOfUrn(step.urn);
  if (step.op === "delete") return [{ kind, name, property: "existence", from: "there", to: "gone" }];
  if (step.op !== "update") return [];
  return changedBy(step).map((property) => ({
    kind,
    name,
    property,
    ...shown("from", step.oldState?.outputs?.[property]),
    ...shown("to", step.newState?.outputs?.[property]),
  }));
}

function shown(side: "from" | "to", value: Json | undefined): Partial<Drift> {
  return value === undefined || value === null ? {} : { [side]: typeof value === "string" ? value : canonical(value) };
}

/** What only a look at the host itself shows. */
export async function compareContainers(docker: DockerHost, state: StackState): Promise<Drift[]> {
  const built = state.resources.flatMap((resource) => {
    const { kind, name } = partsOfUrn(resource.urn);
    return kind === "container" ? [{ name, ...readBuilt(resource.inputs), id: resource.id }] : [];
  });
  const found = await inspectContainers(
    docker,
    built.map(({ container }) => container),
  );
  return built.flatMap((each) => {
    const present = found.find(({ Name }) => Name === `/${each.container}`);
    return present === undefined ? [] : compareContainer(each, present);
  });
}
