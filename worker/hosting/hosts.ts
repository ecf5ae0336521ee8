import type { ApplicationPlan } from "../../core/domain/hosting/application.ts";
import type { HostingFailure } from "../../core/domain/hosting/hosting-failure.ts";
import type { HostingTarget } from "../../core/domain/hosting/hosting-rules.ts";
import type { Route } from "../../infra/proxy/routes.ts";

/** What the tasks of hosting ask of hosts and of Pulumi. */
export type Hosts = {
  /** Puts an image that was saved into a file onto a target. @returns its ID @throws HostFailed */
  loadImage(target: HostingTarget, path: string): Promise<string>;
  /** What an update would do now, by this file of the stack. @throws HostFailed */
  preview(
    stack: string,
    input: string,
    signal: AbortSignal,
  ): Promise<Pick<ApplicationPlan, "hashes" | "changes" | "steps">>;
  /** Ends what a crash or a failure left, as far as it is in the way. @throws HostFailed */
  recover(stack: string): Promise<void>;
  /** @throws HostFailed */
  update(stack: string, signal: AbortSignal): Promise<void>;
  /** All routes of a target's proxy. @throws HostFailed */
  route(target: HostingTarget, routes: readonly Route[]): Promise<void>;
  /** Asks the proxy for a page of a name. @returns the status; undefined: nobody answered */
  ask(address: string, page: { port: number; name: string; path: string }): Promise<number | undefined>;
};

/** Something that was asked of a host did not come about; the text says what was being done. */
export class HostFailed extends Error {
  override name = "HostFailed";
  readonly why: HostingFailure;

  constructor(why: HostingFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.why = why;
  }
}
