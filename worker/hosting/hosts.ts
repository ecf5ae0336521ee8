import type { StackPlan } from "../../core/domain/hosting/application.ts";
import type { HostingFailure, StackLock } from "../../core/domain/hosting/hosting-failure.ts";
import type { HostingDatabase, HostingTarget } from "../../core/domain/hosting/hosting-rules.ts";
import type { MadeImage } from "../../core/domain/hosting/made-image.ts";
import type { LengthLimits } from "../../core/domain/upload/upload-rules.ts";
import type { Route } from "../../infra/proxy/routes.ts";
import type { UpdateOptions } from "../../infra/stacks/update.ts";
import type { Standing } from "./write-input.ts";

/** @property path of a file in the store @property sha256 of it */
export type StoredFile = { path: string; sha256: string };

/** @property probe the value of that header of the proxy's, where what is to take over is asked */
export type Page = { port: number; name: string; path: string; probe?: string | undefined };

/** A container of a server of databases that runs. */
export type DatabaseServer = { container: string; engine: HostingDatabase["engine"] };

/** Of somebody from outside, in the server of databases of an application. @property address from which they come */
export type VendorAccount = { name: string; address: string };

/** @property mayChange also what is in the database, and not only read it */
export type MadeAccount = VendorAccount & { password: string; mayChange: boolean; until: Date };

/** Who is told what Pulumi prints, without secrets, and what it has begun and finished. */
export type Following = Pick<UpdateOptions, "onLine" | "onProgress">;

/** What the tasks of hosting ask of hosts and of Pulumi. What a signal stops can be done again, and is no HostFailed. */
export type Hosts = {
  /** Puts an image that was saved into a file onto a target. @returns its ID @throws HostFailed */
  loadImage(target: HostingTarget, path: string, signal: AbortSignal): Promise<string>;
  /**
   * Has a target fetch an image of a registry by its digest, and saves it into a file that is not there yet.
   *
   * @throws HostFailed image-not-in-registry, registry-unreachable, image-too-large, store-full
   */
  saveImage(
    target: HostingTarget,
    reference: string,
    path: string,
    limits: LengthLimits,
    signal: AbortSignal,
  ): Promise<void>;
  /** Makes an image of an archive of the store, on a target that has its base. @returns its ID @throws HostFailed */
  makeImage(target: HostingTarget, image: MadeImage, archive: StoredFile, signal: AbortSignal): Promise<string>;
  /** An image of the profile is on a target from now on; one of a registry is pulled. @throws HostFailed */
  needImage(target: HostingTarget, image: string, signal: AbortSignal): Promise<void>;
  /** A target has the proxy before its applications. @throws HostFailed proxy-missing */
  needProxy(target: HostingTarget): Promise<void>;
  /** The rules that keep applications where they are are on a target; undefined: that cannot be seen from here. */
  isPrepared(target: HostingTarget): Promise<boolean | undefined>;
  /** A secret as the file of a stack has it. */
  seal(secret: string): Promise<string>;
  /** What was sealed. @throws HostFailed wrong-passphrase */
  unseal(sealed: string): Promise<string>;
  /** What an update would do now, by this file of the stack. @throws HostFailed */
  preview(stack: string, input: string, signal: AbortSignal): Promise<Pick<StackPlan, "hashes" | "changes" | "steps">>;
  /** Ends what a crash or a failure left, as far as it is in the way. @param input the stack's file, which may be gone @throws HostFailed */
  recover(stack: string, input: string, signal: AbortSignal): Promise<void>;
  /** Builds a stack as this file of it says. @throws HostFailed */
  update(stack: string, input: string, signal: AbortSignal, following?: Following): Promise<void>;
  /** What would be destroyed of a stack, its volumes too; nothing is. @throws HostFailed */
  previewRemoval(
    stack: string,
    input: string,
    signal: AbortSignal,
  ): Promise<Pick<StackPlan, "hashes" | "changes" | "steps">>;
  /**
   * Destroys a stack for good: its volumes, what is kept of it as evidence, those images of the host, and its file. Can be done
   * again after `recover` or `previewRemoval`. @throws HostFailed
   */
  remove(stack: string, images: readonly string[], signal: AbortSignal, following?: Following): Promise<void>;
  /** The stack's file is again what it was built by, but where it is a plan's that waits. @throws HostFailed */
  keepStanding(stack: string, standing: Standing): Promise<void>;
  /** Of what was only planned neither the stack's file stays nor its empty state. Can be done again. @throws HostFailed */
  forgetPlan(stack: string, signal: AbortSignal): Promise<void>;
  /** Gives requests that are under way so many seconds to end at a container that gets no new ones. */
  drain(seconds: number, signal: AbortSignal): Promise<void>;
  /** Makes the database of a stack anew, of a dump of the store where there is one. @throws HostFailed */
  fillDatabase(
    target: HostingTarget,
    server: DatabaseServer,
    dump: string | undefined,
    signal: AbortSignal,
  ): Promise<void>;
  /** Loads a dump into a database that is thrown away. @throws HostFailed dump-unreadable where it does not load */
  tryDump(target: HostingTarget, database: HostingDatabase, dump: StoredFile, signal: AbortSignal): Promise<void>;
  /** The database of a stack answers its application's account at this address. @throws HostFailed database-silent */
  askDatabase(target: HostingTarget, server: DatabaseServer, address: string): Promise<void>;
  /** Somebody from outside has an account in the database of a stack. Can be done again. @throws HostFailed database-silent */
  makeAccount(target: HostingTarget, server: DatabaseServer, account: MadeAccount): Promise<void>;
  /** They have it no more, and are not in by it. Can be done again. @throws HostFailed database-silent */
  dropAccount(target: HostingTarget, server: DatabaseServer, account: VendorAccount): Promise<void>;
  /** Ends the container by which a vendor gets in, whatever Pulumi is doing. Can be done again. @throws HostFailed */
  shutAccess(target: HostingTarget, stack: string): Promise<void>;
  /**
   * That container, which is gone, is none of the stack's any more; nothing else of it is changed, nor the stack's file where it is
   * a plan's that waits. Can be done again. @throws HostFailed
   */
  forgetAccess(stack: string, standing: Standing, signal: AbortSignal): Promise<void>;
  /** All routes of a target's proxy. @throws HostFailed */
  route(target: HostingTarget, routes: readonly Route[]): Promise<void>;
  /** Asks the proxy for a page of a name. @returns the status; undefined: nobody answered */
  ask(address: string, page: Page): Promise<number | undefined>;
};

/** Something that was asked of a host did not come about; the text says what was being done. */
export class HostFailed extends Error {
  override name = "HostFailed";
  readonly why: HostingFailure;
  /** of a stack that somebody holds */
  readonly lock: StackLock | undefined;

  constructor(why: HostingFailure, message: string, options: ErrorOptions & { lock?: StackLock } = {}) {
    super(message, options);
    this.why = why;
    this.lock = options.lock;
  }
}
