// Asks an object, which answers and does nothing else.
import { DurableObject } from "cloudflare:workers";

export class Hop extends DurableObject {
  fetch() {
    return new Response("ok\n");
  }
}

export default {
  async fetch(request, { HOP }) {
    const body = await request.text();
    return HOP.get(HOP.idFromName("one")).fetch("https://object/", { method: "POST", body });
  },
};
