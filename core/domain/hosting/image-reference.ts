import { accept, type Outcome, refuse, refuseAbout } from "../outcome.ts";
import type { HostingRules, HostingRuntime } from "./hosting-rules.ts";

/** source: OCI Distribution Specification v1.1, "Pulling manifests": <name> and <digest> */
const part = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const form = new RegExp(`^(?<registry>[a-z0-9.-]+(?::\\d{1,5})?)/${part}(?:/${part})*@sha256:[0-9a-f]{64}$`);
const longestReference = 400;

/**
 * An image by its digest in a registry: "registry.example.go.id/simpeg@sha256:…". What a tag means can change after it was
 * approved.
 */
export function parseImageReference(entered: string): Outcome<string> {
  const text = entered.trim();
  if (text.length > longestReference) return refuse("image-reference-unreadable");
  const digest = /@(.*)$/s.exec(text)?.[1];
  if (digest === undefined) return refuse("image-without-digest");
  if (!/^sha256:[0-9a-f]{64}$/.test(digest))
    return refuse("image-digest-wrong", { length: digest.replace("sha256:", "").length });
  return form.test(text) ? accept(text) : refuse("image-reference-unreadable");
}

/** "registry.example.go.id", with its port where it has one. */
export function registryOf(reference: string): string {
  return reference.slice(0, reference.indexOf("/"));
}

/** What its file is called: "simpeg-2c26b46b68ff.tar". */
export function fileNameOf(reference: string): string {
  const [path = "", digest = ""] = reference.split("@sha256:");
  return `${path.split("/").at(-1)}-${digest.slice(0, 12)}.tar`;
}

/** Whether an image can be named, of a registry. @param runtime undefined: it is not known yet */
export function takesReference(hosting: HostingRules | undefined, runtime: HostingRuntime | undefined): boolean {
  return hosting !== undefined && hosting.registries.length > 0 && runtime?.made === undefined;
}

/** Whether an image may be fetched from where that says. @param runtime undefined: it is not known yet */
export function refusalOfReference(
  reference: string,
  hosting: HostingRules | undefined,
  runtime: HostingRuntime | undefined,
): Outcome {
  const field = "image-reference";
  if (hosting === undefined || !takesReference(hosting, runtime)) return refuse("image-reference-not-taken", { field });
  const allowed = refusalOfRegistry(reference, hosting.registries);
  return allowed.ok ? allowed : refuseAbout(field, allowed.refusal);
}

export function refusalOfRegistry(reference: string, registries: readonly string[]): Outcome {
  const registry = registryOf(reference);
  return registries.includes(registry)
    ? accept()
    : refuse("registry-not-allowed", { registry, allowed: registries.join(", ") });
}
