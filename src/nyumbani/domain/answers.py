"""A rule's answer: yes, or no with the reason in words a person can act on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """`yes`, and why not otherwise; `why` is a short code, `told` what a page may say of it."""

    yes: bool
    why: str = ""
    told: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.yes

    @classmethod
    def no(cls, why: str, *told: str) -> "Answer":
        """A refusal and its reason."""
        return cls(yes=False, why=why, told=told)


YES = Answer(yes=True)
