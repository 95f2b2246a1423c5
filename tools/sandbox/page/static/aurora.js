// Aurora's designers: what they have of the homeowner, and the buttons that move the project on.
import { sayNothing } from "./cards.js";

export function makeAurora(pane) {
  return {
    fail: (words) => pane.replaceChildren(sayNothing("aurora", words)),
    show() {
      pane.replaceChildren(sayNothing("aurora", "Aurora has nothing of this homeowner yet."));
    },
  };
}
