// The keys of the stage. They go no farther: the page around it has shortcuts of its own.

import { SPEEDS } from "./transport.js";

const MOVES = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

function shift({ transport, clock }, n) { // the next faster or slower speed
  transport.setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, SPEEDS.indexOf(clock.speed) + n))]);
}

function act(player, { key, shiftKey }) {
  if (MOVES[key]) player.step(MOVES[key] * (shiftKey ? 10 : 1));
  else if (key === " ") player.toggle();
  else if (key === "Home") player.step(-player.frames);
  else if (key === "End") player.step(player.frames);
  else if (key === "+" || key === "=") shift(player, 1);
  else if (key === "-") shift(player, -1);
  else if (key === "l" || key === "L") player.transport.setLoop(!player.clock.loop);
  else return false;
  return true;
}

function onKey(player, event) {
  if (event.key === "Tab" || event.ctrlKey || event.metaKey || event.altKey) return;
  event.stopPropagation();
  const target = event.composedPath()[0];
  if (target.matches("select, .handle") || (target.matches("button") && (event.key === " " || event.key === "Enter"))) return;
  if (act(player, event)) event.preventDefault();
}

export function listenToKeys(player, element, signal) {
  element.addEventListener("keydown", (event) => { player.endIntro(); onKey(player, event); }, { signal });
  for (const kind of ["keyup", "keypress"]) element.addEventListener(kind, (event) => event.stopPropagation(), { signal });
}
