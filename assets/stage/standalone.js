// Plays a reel on a page of its own, from a file, without a network.

import { Player } from "./player.js";

export function play(element, { head, tables, name, title, present }) {
  const player = new Player(element);
  player.show({ head, tables, name, title, present });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => player.refresh());
  return player;
}
