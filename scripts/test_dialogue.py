"""Measure how well intents are told apart on utterances never trained on.

usage: .venv-rasa/bin/python scripts/test_dialogue.py [--json FILE] [--questions FOLDER]

Run by Rasa's own interpreter. Prints Markdown. --questions names a folder of *.jsonl with rule
questions: those that reach the rule desk are counted, being taken for something else is the
costliest slip.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # Rasa imports the components of nlu/ by name
MODEL = ROOT / "models" / "dialogue.tar.gz"
HELD_OUT = ROOT / "tests" / "nlu" / "test_nlu.yml"
TO_RULE_DESK = frozenset({"ask_rule", "follow_up", "other_office", "inform", "nlu_fallback"})

Pair = tuple[str, str, str]  # text, expected, understood


def held_out() -> list[tuple[str, str]]:
    """(text, intent) of the held-out file."""
    from rasa.shared.nlu.training_data.loading import load_data

    examples = load_data(str(HELD_OUT)).intent_examples
    return [(example.get("text"), example.get("intent")) for example in examples]


def questions(folder: Path) -> list[str]:
    """The questions of every file in a folder."""
    lines = (line for path in sorted(folder.glob("*.jsonl")) for line in path.open())
    return [json.loads(line)["question"] for line in lines]


async def understood(texts: list[str]) -> list[str]:
    """The intent that the model takes each text for."""
    import jieba
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    jieba.setLogLevel(logging.ERROR)
    configure_structlog(logging.ERROR)  # or every text goes to standard output
    agent = Agent.load(str(MODEL))
    return [(await agent.parse_message(text))["intent"]["name"] for text in texts]


def figures(pairs: list[Pair]) -> dict:
    """Accuracy, precision and recall by intent, and every confusion."""
    right = Counter(expected for _, expected, got in pairs if expected == got)
    expected_of = Counter(expected for _, expected, _ in pairs)
    got_of = Counter(got for _, _, got in pairs)
    intents = {
        intent: {
            "utterances": total,
            "precision": round(right[intent] / got_of[intent], 3) if got_of[intent] else 0.0,
            "recall": round(right[intent] / total, 3),
        }
        for intent, total in sorted(expected_of.items())
    }
    confusions = [
        {"text": text, "intent": expected, "understood": got}
        for text, expected, got in pairs
        if expected != got
    ]
    return {
        "utterances": len(pairs),
        "accuracy": round(sum(right.values()) / len(pairs), 3),
        "intents": intents,
        "confusions": confusions,
    }


def markdown(report: dict) -> str:
    """The report for docs/quality.md."""
    lines = [
        "### Understanding (NLU), held out",
        "",
        f"{report['utterances']} utterances, {len(report['intents'])} intents: "
        f"accuracy {report['accuracy']:.3f}.",
    ]
    if "questions" in report:
        share = report["questions"]
        lines += [
            "",
            f"Rule questions that reach the rule desk: {share['reach']} of {share['all']}.",
        ]
    lines += ["", "| intent | utterances | precision | recall |", "|---|---|---|---|"]
    for intent, of in report["intents"].items():
        lines.append(
            f"| {intent} | {of['utterances']} | {of['precision']:.2f} | {of['recall']:.2f} |"
        )
    lines += ["", "| taken for something else | intent | understood |", "|---|---|---|"]
    lines += [f"| {c['text']} | {c['intent']} | {c['understood']} |" for c in report["confusions"]]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Measure and print; the exit code says nothing of the quality."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--questions", type=Path)
    options = parser.parse_args(arguments)
    examples = held_out()
    asked = questions(options.questions) if options.questions else []
    got = asyncio.run(understood([text for text, _ in examples] + asked))
    pairs = [(*example, intent) for example, intent in zip(examples, got, strict=False)]
    report = figures(pairs)
    if asked:
        reach = sum(intent in TO_RULE_DESK for intent in got[len(examples) :])
        report["questions"] = {"all": len(asked), "reach": reach}
    if options.json:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    sys.stdout.write(markdown(report))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
