import type { Application } from "./application.ts";
import type { HostingRules, HostingTarget } from "./hosting-rules.ts";

type Rendered = Pick<
  Application,
  "stack" | "target" | "runtime" | "size" | "port" | "subnet" | "gateway" | "address" | "imageId"
>;

/** Nobody on the host has it, and it is not root's. */
const user = "10001:10001";

/**
 * The file of an application's stack, as the program reads it. The same application gives the same bytes.
 *
 * @returns undefined: the profile does not know its target, runtime or size any more, or it has no image yet
 */
export function renderApplication(application: Rendered, rules: HostingRules): string | undefined {
  const { stack, subnet, gateway, address, imageId, port } = application;
  const target = rules.targets.find(({ name }) => name === application.target);
  const runtime = rules.runtimes.find(({ name }) => name === application.runtime);
  const size = rules.sizes.find(({ name }) => name === application.size);
  if (target === undefined || runtime === undefined || size === undefined || imageId === null) return undefined;
  const web = {
    slot: "a",
    port,
    image: imageId,
    address,
    memoryMb: size.memoryMb,
    cpus: size.cpus,
    user,
    isReadOnly: true,
    temporary: ["/tmp"],
    healthCheck: {
      test: runtime.healthTest.map((part) => part.replaceAll("{port}", String(port))),
      intervalSeconds: 5,
      timeoutSeconds: 3,
      retries: 3,
      startSeconds: 5,
    },
  };
  const network = { subnet, gateway };
  return show({ kind: "application", name: stack, host: hostOf(target), network, web: [web], volumes: [] });
}

export function hostOf({ endpoint, certificates }: HostingTarget) {
  return certificates === undefined ? { endpoint } : { endpoint, certificates };
}

function show(input: object): string {
  return `${JSON.stringify(input, null, 2)}\n`;
}
