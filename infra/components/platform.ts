import * as docker from "@pulumi/docker";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { adminSocket, firstConfig } from "../proxy/routes.ts";
import type { PlatformInput } from "../stack-input.ts";
import { commonArgs, resourcesOf } from "./container.ts";
import { openHost } from "./host.ts";
import { labelsOf } from "./labels.ts";

/** What all applications of a host share: the reverse proxy, with its certificates and the routes that it was given last. */
export function buildPlatform({ name: stack, host, proxy }: PlatformInput) {
  const onHost = openHost(host);
  const kept = (name: string) => createVolume(stack, name, onHost);
  const [config, data] = [kept("proxy-config"), kept("proxy-data")];
  const mount = (volume: docker.Volume, target: string) => ({
    type: "volume",
    source: volume.name,
    target,
    readOnly: false,
  });
  new docker.Container(
    "proxy",
    {
      ...commonArgs,
      ...resourcesOf(proxy),
      // Root without any other right: `no-new-privileges` leaves nobody else a way to the ports below 1024.
      capabilities: { adds: ["CAP_NET_BIND_SERVICE"], drops: ["ALL"] },
      user: "0:0",
      // An engine puts no file into a container whose root is read-only.
      readOnly: false,
      name: `${stack}-proxy`,
      labels: labelsOf("container", "proxy"),
      image: proxy.image,
      entrypoints: ["caddy"],
      // What it was given last, if ever.
      command: ["run", "--resume", "--config", "/etc/simpul/proxy.json"],
      envs: ["HOME=/data", "XDG_CONFIG_HOME=/config", "XDG_DATA_HOME=/data"],
      networkMode: "host",
      // Nobody but who may run a program in the container reaches it.
      tmpfs: { [adminSocket.folder]: "rw,noexec,nosuid,size=1m,mode=0700", "/tmp": "rw,noexec,nosuid,size=64m" },
      mounts: [mount(config, "/config"), mount(data, "/data")],
      uploads: [{ file: "/etc/simpul/proxy.json", content: JSON.stringify(firstConfig) }],
      destroyGraceSeconds: 10,
      stopTimeout: 10,
    },
    onHost,
  );
}

function createVolume(stack: string, name: string, options: CustomResourceOptions): docker.Volume {
  return new docker.Volume(
    name,
    { name: `${stack}-${name}`, labels: labelsOf("volume", name), driver: "local" },
    { ...options, protect: true },
  );
}
