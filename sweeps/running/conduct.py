"""A sitting of a sweep: runs are handed out, what comes back is committed, until all is done or something ends it."""

import shlex
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from statistics import median
from time import perf_counter
from typing import Any

from sweeps.design.asked import Asked
from sweeps.design.sequential import Widths, jobs
from sweeps.design.study import Study
from sweeps.results import layout, manifest
from sweeps.results.dictionary import columns_told, document
from sweeps.results.parts import Parts, drop_failed, tidy
from sweeps.results.reuse import Finished
from sweeps.results.sweep_folder import already, open_folder, sitting
from sweeps.results.tables import outcomes_schema, series_schema, write_outcomes
from sweeps.running.executor import Done, EngineLost, Executor, Job
from sweeps.running.progress import Progress
from sweeps.running.task import Played
from sweeps.stopping import Stopping
from sweeps.storage import write_whole

DONE, FAILED_RUNS, LOST, TOO_MANY, INTERRUPTED = 0, 3, 5, 6, 130
FEW = 20  # failures are not judged as a share before so many runs


class Sitting:
    """One sitting.

    Parameters
    ----------
    study, asked
        What is to be played and how.
    executor
        Who plays.
    """

    def __init__(self, study: Study, asked: Asked, executor: Executor) -> None:
        self.study, self.asked, self.executor = study, asked, executor
        self._reuse = Finished(asked.reuse)
        self.folder = open_folder(study, asked)
        self._shard = asked.shard.index if asked.shard else None
        self._main = study.plan.outcomes[0]
        until = study.plan.replicates.until
        self._watched = self._main if until is None else until.outcome
        self._widths = None if until is None else Widths(study.runs, asked.shard)
        self._done = bytearray(len(study.runs))
        self.progress = Progress(self.folder, self._main, shown=not asked.quiet, shard=self._shard)
        origin = {"sweep": study.plan.name, "design": study.design_hash, "code": study.code, "format": layout.FORMAT}
        self._parts = Parts(self.folder, study.columns, origin, self._shard, self.progress.saved)
        self._walls: list[float] = []
        self.reused = self._new = 0
        self.reason = "finished"

    def _take_up(self) -> None:
        """Take up what earlier sittings have done; nobody else writes in this folder now."""
        tidy(self.folder, self._shard)
        if self.asked.retry_failed:
            drop_failed(self.folder)
        self._done = already(self.folder, len(self.study.runs), self._watched, self._recall)
        mine = [state for number, state in enumerate(self._done) if state and self.study.runs.of(self.asked.shard, number)]
        total = sum(1 for _ in self.study.runs.firsts(self.asked.shard)) if self._widths is None else self._widths.total()
        self.progress.take_up(total, len(mine), mine.count(2))
        self._parts.take_up()

    def _recall(self, number: int, value: Any) -> None:
        """Take the outcome of a run of an earlier sitting."""
        if self._watched == self._main:
            self.progress.estimate.add(value)
        if self._widths is not None:
            self._widths.note(number, value)

    def play(self) -> int:
        """Play until the end; return the exit code."""
        begun = datetime.now(UTC)
        name = "sitting" if self._shard is None else f"sitting-s{self._shard:04d}"
        with ExitStack() as stack:
            stack.enter_context(manifest.alone(self.folder, name, refuse=f"{self.folder}: another process plays this sweep now"))
            stopping = stack.enter_context(Stopping())
            self._take_up()
            self.progress.start()
            try:
                self._go(stopping)
            except KeyboardInterrupt:
                self.reason = "interrupted"
            except EngineLost as lost:
                self.reason = f"engine lost: {lost}"
            finally:
                self.executor.close()
                try:
                    self._parts.flush()
                finally:
                    self.progress.finish()
            if stopping.asked:
                self.reason = "interrupted"
            self._close(begun)
        return self._code()

    def _go(self, stopping: Stopping) -> None:
        began = perf_counter()
        source = self._jobs()
        for done in self.executor.run(source):
            if done is not None:
                self._take(done)
            self._parts.tick()
            self.progress.tick()
            if stopping.asked or self.reason != "finished":
                self.executor.stop()
            if self.asked.budget_s is not None and perf_counter() - began > self.asked.budget_s and self.reason == "finished":
                self.reason = "budget spent"
                self.executor.stop()

    def _jobs(self) -> Iterator[Job | None]:
        """Yield what is to be played; what another sweep has played already is taken from there."""
        for job in jobs(self.study.runs, self.asked.shard, self._done, self._widths):
            found = None if job is None else self._reuse.found(self.study.runs.key(self.study.runs[job[0]]))
            if job is None or found is None:
                yield job
            else:
                self.reused += 1
                self._take(Done(job[0], "ok", found, worker="reused"))

    def _take(self, done: Done) -> None:
        """Keep what came of a run."""
        run = self.study.runs[done.number]
        key = self.study.runs.key(run)
        self._done[done.number] = 1 if done.status == layout.OK else 2
        self._parts.add(self.study.columns.row(run, key, done), done.value.days if isinstance(done.value, Played) else None)
        value = done.value.row.get(self._watched) if isinstance(done.value, Played) else None
        main = done.value.row.get(self._main) if isinstance(done.value, Played) else None
        self.progress.done += 1
        self.progress.retried += done.attempts > 1
        self.progress.estimate.add(main)
        self._new += 1
        if len(self._walls) < 10_000 and done.worker != "reused":
            self._walls.append(done.wall_s)
        if done.status != layout.OK:
            self._failed(done)
        if self._widths is not None:
            self._widths.note(done.number, value)
            self.progress.total = self._widths.total()

    def _failed(self, done: Done) -> None:
        self.progress.failed += 1
        run = self.study.runs[done.number]
        again = f"python run.py replay {shlex.quote(str(self.folder))} --run {done.number} --headless"
        told = [
            f"run {done.number} (point {run.point.number}, replicate {run.rep}, seed {run.seed}): {done.status}, "
            f"{done.attempts} attempt{'s' * (done.attempts > 1)}",
            done.error, "", *(f"{path} = {value}" for path, value in run.point.settings.items()),
            "", f"to see it again: {again}", "", done.trace,
        ]  # fmt: skip
        text = "\n".join(told).rstrip() + "\n"
        write_whole(self.folder / layout.FAILURES / layout.failure(done.number), text.encode())
        most = self.study.plan.limits.max_failures if self.asked.max_failures is None else self.asked.max_failures
        if self.asked.fail_fast:
            self.reason = "a run failed (--fail-fast)"
        elif self.progress.done >= FEW and self.progress.failed > most * max(self.progress.total, 1):
            self.reason = f"{self.progress.failed} runs failed, more than {most:.0%} of all"

    def complete(self) -> bool:
        """Tell whether every run of the whole sweep is done, of this shard and of the others."""
        widths = None if self._widths is None else Widths(self.study.runs, None)
        note = (lambda *_: None) if widths is None else widths.note
        done = already(self.folder, len(self.study.runs), self._watched, note)
        return next(iter(jobs(self.study.runs, None, done, widths)), None) is None

    def _close(self, begun: datetime) -> None:
        """Write what is written at the end of a sitting."""
        with manifest.alone(self.folder, "closing"):  # shards may end at the same time
            whole = self.reason == "finished" and self.complete()
            columns: dict[str, Any] = {}
            if layout.parts(self.folder, layout.OUTCOMES_PART):
                if whole:
                    write_outcomes(self.folder)
                columns = self._dictionary()
        with manifest.changing(self.folder) as told:
            told["sittings"].append(sitting(begun, self.asked, self._new, self.reason))
            told["finished"] = whole
            told["columns"] = columns or told.get("columns", {})
            if self._walls:
                told["timings"] = {"median_run_s": round(median(self._walls), 4), "cpu_s": round(sum(self._walls), 1)}
            told["failed"] = self.progress.failed
            told["retried"] = told.get("retried", 0) + self.progress.retried
            told["reused"] = told.get("reused", 0) + self.reused
            told["code"]["mixed"] = told["code"]["hash"] != self.study.code or told["code"].get("mixed", False)

    def _dictionary(self) -> dict[str, Any]:
        """Write the data dictionary and return it as the manifest holds it."""
        tables = {"outcomes": outcomes_schema(self.folder), "series": series_schema(self.folder)}
        named = {
            name: [(field.name, str(field.type)) for field in schema] for name, schema in tables.items() if schema is not None
        }
        write_whole(self.folder / layout.DICTIONARY, document(named, self.study.columns.factors).encode())
        return columns_told(named, self.study.columns.factors)

    def _code(self) -> int:
        if self.reason == "interrupted":
            return INTERRUPTED
        if self.reason.startswith("engine lost"):
            return LOST
        if "failed" in self.reason:
            return TOO_MANY
        return FAILED_RUNS if self.progress.failed else DONE
