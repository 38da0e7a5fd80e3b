"""Which engine plays a sweep: this process, a pool on this machine, or a cluster."""

from sweeps.design.asked import Asked
from sweeps.design.plan import Limits
from sweeps.running.executor import Executor, Serial

TARGET = "sweeps.running.play:play"


def executor_of(asked: Asked, limits: Limits) -> Executor:
    """Return the engine that was asked for."""
    if asked.engine == "dask":
        from sweeps.running.cluster import Dask

        return Dask(TARGET, asked.scheduler, timeout_s=limits.run_timeout_s, retries=limits.retries)
    if asked.workers == 0:
        return Serial(TARGET)
    from sweeps.running.pool import Pool

    return Pool(TARGET, asked.workers, timeout_s=limits.run_timeout_s, memory_mb=limits.run_memory_mb, retries=limits.retries)
