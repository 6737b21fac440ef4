"""The shared, pure policy core: dated, cited figures and explained outcomes."""

from salesctl.policy.outcome import Outcome, Step
from salesctl.policy.policy import Chapter, Policy

__all__ = ["Chapter", "Outcome", "Policy", "Step"]
