import type { Drift } from "../../core/domain/hosting/drift.ts";
import type { HostingTarget } from "../../core/domain/hosting/hosting-rules.ts";
import { hostOf } from "../../core/domain/hosting/render-stack.ts";
import { containStack, keepEvidence, releaseStack } from "../../infra/stacks/contain.ts";
import { openInput, type StackContext } from "../../infra/stacks/context.ts";
import { openDockerHost } from "../../infra/stacks/docker-host.ts";
import { findDrift } from "../../infra/stacks/drift.ts";
import { hashProgram } from "../../infra/stacks/program-hash.ts";
import { putBackStack } from "../../infra/stacks/put-back.ts";
import { hashOfWriting } from "../../infra/stacks/state.ts";
import { explained, unlocked } from "./open-hosts.ts";
import { type Standing, writeInput, writeStanding } from "./write-input.ts";

/** What is asked of hosts and of Pulumi about what stands. Each @throws HostFailed */
export type WatchedHosts = {
  /** Of Pulumi's state and of when it was written; "" where there is none. */
  hashOfState(stack: string): Promise<string>;
  /** Of the program that would put a stack back now. */
  hashOfProgram(): Promise<string>;
  /** What differs from how it was built. Nothing is changed, nor the stack's file where it is a plan's that waits. */
  compare(stack: string, standing: Standing, signal: AbortSignal): Promise<Drift[]>;
  /** Makes a stack as that file of it says, whatever somebody did by hand. */
  putBack(stack: string, input: string, signal: AbortSignal): Promise<void>;
  /** All containers of a stack stand still, whatever Pulumi is doing. */
  contain(target: HostingTarget, stack: string): Promise<void>;
  /** They go on. */
  release(target: HostingTarget, stack: string): Promise<void>;
  /** Images of its containers stay on the host. @returns what else is to be kept, as a text */
  keepEvidence(target: HostingTarget, stack: string, isolationId: number): Promise<string>;
};

/** A host that does not say its version in that time is told as one that does not answer, and not by Pulumi's words. */
const answerWithinMs = 15_000;

/** @param context Pulumi over this installation */
export function openWatchedHosts(context: () => Promise<StackContext>): WatchedHosts {
  return {
    hashOfState: (stack) => explained(async () => hashOfWriting(await context(), stack)),
    hashOfProgram: hashProgram,
    compare: (stack, standing, signal) =>
      explained(async () => {
        const stacks = await context();
        await writeStanding(stacks.home, stack, standing);
        const { docker } = await openInput(stacks, stack);
        await docker.run(["version", "--format", "{{.Server.Version}}"], { patienceMs: answerWithinMs });
        return unlocked(await findDrift(stacks, stack, { signal }));
      }),
    putBack: (stack, input, signal) =>
      explained(async () => {
        const stacks = await context();
        await writeInput(stacks.home, stack, input);
        unlocked(await putBackStack(stacks, stack, { signal }));
      }),
    contain: (target, stack) => explained(() => containStack(openDockerHost(hostOf(target)), stack)),
    release: (target, stack) => explained(() => releaseStack(openDockerHost(hostOf(target)), stack)),
    keepEvidence: (target, stack, isolationId) =>
      explained(() => keepEvidence(openDockerHost(hostOf(target)), stack, isolationId)),
  };
}
