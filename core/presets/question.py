"""A question to guess at before the picture answers it."""

from __future__ import annotations

from dataclasses import dataclass

from core.presets.preset import Preset


@dataclass(frozen=True)
class Question:
    """A question with a few answers, one of them right; the preset is the experiment that shows it.

    `because` says why the right one is right. `astray` says, for each wrong answer, which thought leads there and where it holds;
    the right one has an empty text there.

    Raises:
        ValueError: when answers and texts do not fit each other.
    """

    text: str
    answers: tuple[str, ...]
    right: int
    because: str
    astray: tuple[str, ...]
    preset: Preset

    def __post_init__(self) -> None:
        """Check that every wrong answer, and no other, has its text."""
        if not 0 <= self.right < len(self.answers):
            raise ValueError(f"right must lie in [0, {len(self.answers) - 1}], got {self.right}: try 0")
        told = [i for i, text in enumerate(self.astray) if text]
        if len(self.astray) != len(self.answers) or told != [i for i in range(len(self.answers)) if i != self.right]:
            raise ValueError(f"astray must have a text for each wrong answer alone, got {len(told)} of {len(self.answers) - 1}: write the others")

    def verdict(self, answer: str) -> str:
        """Return what to say to an answer."""
        place = self.answers.index(answer)
        if place == self.right:
            return f"**Yes, {answer}.** {self.because}"
        return f"**Not {answer}, but {self.answers[self.right]}.** {self.astray[place]} {self.because}"
