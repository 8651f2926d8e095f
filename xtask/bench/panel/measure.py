"""Asks one engine all questions, and prints what came out as JSON, a line each.

    python measure.py ENGINE FOLDER RUNS THREADS MEMORY_GIB

Every form of a question is asked once, which also warms up; the fastest is then timed RUNS times.
Answers that differ between the forms of one engine end the run.
"""

import importlib
import json
import sys
import time

import questions
import tables


def main():
    name, folder, runs, threads, memory_gib = sys.argv[1:]
    module = importlib.import_module(f"engine_{name}")
    columns = tables.load(folder)
    weeks = int(columns["week"][-1]) + 1
    modalities = tables.labels(folder, "modality")
    countries = len(tables.labels(folder, "country"))
    begun = time.perf_counter()
    engine = module.Engine(tables.arrow(columns), weeks, int(threads), int(memory_gib))
    loaded = time.perf_counter() - begun
    del columns
    say(event="loaded", engine=name, version=module.VERSION, seconds=loaded)
    for question in (*questions.QUESTIONS, questions.PREPARED):
        for keep, label in questions.FILTERS.items():
            forms = engine.forms(question, None if label is None else modalities.index(label))
            say(event="answered", engine=name, question=question, filter=keep, **ask(
                forms, int(runs), shape(question, weeks, countries)))
    say(event="done", engine=name, peak_mib=peak_mib())


def shape(question, weeks, countries):
    if question.endswith("sums_by_country"):
        return lambda result: questions.dense(result, weeks, countries)
    return questions.by_week


def ask(forms, runs, shape):
    """The fastest form's times, and the answer."""
    first = {}
    answer = None
    for form, asked in forms.items():
        begun = time.perf_counter()
        result = asked()
        first[form] = time.perf_counter() - begun
        shaped = shape(result)
        answer = shaped if answer is None else agreed(form, answer, shaped)
    best = min(first, key=first.get)
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        forms[best]()
        times.append(time.perf_counter() - begun)
    return {"form": best, "first_seconds": first, "seconds": times, "answer": answer}


def agreed(form, answer, other):
    is_equal = len(answer) == len(other) and all(
        abs(one - two) <= 1e-9 * abs(one) for one, two in zip(answer, other)
    )
    if not is_equal:
        raise SystemExit(f"the form '{form}' has another answer")
    return answer


def say(**line):
    print(json.dumps(line), flush=True)


def peak_mib():
    """The most memory that was resident; pages of the mapped files may be among it."""
    with open("/proc/self/status", encoding="ascii") as file:
        (line,) = [line for line in file if line.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024


main()
