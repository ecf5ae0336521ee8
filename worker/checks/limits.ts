import { showPath } from "../../core/domain/hosting/archive-entry.ts";
import { type Finding, finding } from "../../core/domain/hosting/check.ts";

/** What a look at one file may cost. What is beyond is hostile, or too much for a machine that others work on. */
export type Limits = {
  mostEntries: number;
  /** Of all paths together. */
  mostPathBytes: number;
  mostUnpackedBytes: number;
  /** What is unpacked to more than this times its size is a bomb, */
  mostRatio: number;
  /** from so many bytes on. */
  freeBytes: number;
  /** Archives within one another. */
  mostNested: number;
  /** A zip in an archive is held in memory, since its listing is at its end. */
  mostNestedBytes: number;
  mostTextBytes: number;
  mostTextsBytes: number;
  longestMs: number;
  /** Of the process that looks: what it may have for data, and of it for objects. */
  memoryMegabytes: number;
  heapMegabytes: number;
};

const mebibyte = 2 ** 20;

/** A site with all packages of Node.js has some 100,000 files and unpacks to ten times its size; a dump to fifty times. */
export const usualLimits: Limits = {
  mostEntries: 200_000,
  mostPathBytes: 64 * mebibyte,
  mostUnpackedBytes: 8 * 1024 * mebibyte,
  mostRatio: 200,
  freeBytes: 64 * mebibyte,
  mostNested: 3,
  mostNestedBytes: 32 * mebibyte,
  mostTextBytes: mebibyte,
  mostTextsBytes: 32 * mebibyte,
  longestMs: 5 * 60_000,
  memoryMegabytes: 1024,
  heapMegabytes: 512,
};

/** The file cannot be read on: why, as a finding. */
export class Unreadable extends Error {
  override readonly name: string = "Unreadable";
  readonly finding: Finding;

  constructor(found: Finding, cause?: unknown) {
    super(`reading a file to be checked: ${found.code}`, { cause });
    this.finding = found;
  }
}

/** A limit of the whole file is reached, in whichever archive of it. */
export class BeyondBudget extends Unreadable {
  override readonly name = "BeyondBudget";
}

/** Counts what one file has cost so far. Each throws `BeyondBudget`. */
export class Budget {
  readonly limits: Limits;
  #entries = 0;
  #pathBytes = 0;
  #packedBytes = 0;
  #unpackedBytes = 0;
  #textBytes = 0;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  takeEntries(count: number, path = ""): void {
    this.#entries += count;
    this.#pathBytes += path.length;
    if (this.#entries <= this.limits.mostEntries && this.#pathBytes <= this.limits.mostPathBytes) return;
    throw new BeyondBudget(finding("too-many-entries", { most: this.limits.mostEntries }));
  }

  /** Bytes of the file itself, as they are read. */
  readPacked(bytes: number): void {
    this.#packedBytes += bytes;
  }

  takeUnpacked(bytes: number, path: string): void {
    this.#unpackedBytes += bytes;
    const { mostUnpackedBytes, mostRatio, freeBytes } = this.limits;
    if (this.#unpackedBytes > mostUnpackedBytes) {
      throw new BeyondBudget(finding("too-large", { path: showPath(path), megabytes: mostUnpackedBytes / mebibyte }));
    }
    if (this.#unpackedBytes > freeBytes && this.#unpackedBytes > mostRatio * this.#packedBytes) {
      throw new BeyondBudget(finding("bomb", { path: showPath(path), ratio: mostRatio }));
    }
  }

  /** Whether so much more text may be held in memory. */
  mayKeepText(bytes: number): boolean {
    if (bytes > this.limits.mostTextBytes || this.#textBytes + bytes > this.limits.mostTextsBytes) return false;
    this.#textBytes += bytes;
    return true;
  }

  refuseDepth(depth: number, path: string): void {
    if (depth <= this.limits.mostNested) return;
    throw new BeyondBudget(finding("nested-too-deep", { path: showPath(path), most: this.limits.mostNested }));
  }
}
