"""The cheapest way over the road graph, from several sources at once."""

import numpy as np
import numpy.typing as npt

from model.compiled import law
from model.map.projection import Floats

Ints = npt.NDArray[np.int32]


@law
def graph_times(
    sources: Ints,
    edge_open: npt.NDArray[np.bool_],
    edge_hours: Floats,
    first: Ints,
    neighbour: Ints,
    neighbour_edge: Ints,
    times: Floats,
    came_by: Ints,
) -> None:
    """Write the hours from the nearest source to every node, and the edge by which its cheapest way arrives.

    Parameters
    ----------
    sources
        Nodes where time is 0.
    edge_open
        False: nobody passes (a closed crossing, an enemy on the road).
    edge_hours
        Hours for each edge, >= 0.
    first, neighbour, neighbour_edge
        As in `RoadGraph`.
    times, came_by
        Overwritten: hours (inf: no way) and edge (-1 at sources and where there is no way; the lowest edge wins a tie).

    """
    times[:] = np.inf
    came_by[:] = -1
    heap_time = np.empty(len(neighbour) + len(sources) + 1, dtype=np.float64)
    heap_node = np.empty(len(heap_time), dtype=np.int32)
    size = 0
    for source in sources:
        times[source] = 0.0
        size = _push(heap_time, heap_node, size, 0.0, source)
    while size > 0:
        time, node = heap_time[0], heap_node[0]
        size = _pop(heap_time, heap_node, size)
        if time > times[node]:
            continue
        for k in range(first[node], first[node + 1]):
            edge, near = neighbour_edge[k], neighbour[k]
            arrival = time + edge_hours[edge]
            if not edge_open[edge] or not arrival < np.inf:
                continue
            if arrival < times[near]:
                times[near], came_by[near] = arrival, edge
                size = _push(heap_time, heap_node, size, arrival, near)
            elif arrival == times[near] and 0 <= edge < came_by[near]:
                came_by[near] = edge


@law
def _push(heap_time: Floats, heap_node: Ints, size: int, time: float, node: int) -> int:
    """Add a node to the heap; return its new size."""
    at = size
    while at > 0 and heap_time[(at - 1) >> 1] > time:
        heap_time[at], heap_node[at] = heap_time[(at - 1) >> 1], heap_node[(at - 1) >> 1]
        at = (at - 1) >> 1
    heap_time[at], heap_node[at] = time, node
    return size + 1


@law
def _pop(heap_time: Floats, heap_node: Ints, size: int) -> int:
    """Remove the earliest node from the heap; return its new size."""
    size -= 1
    time, node = heap_time[size], heap_node[size]
    at, child = 0, 1
    while child < size:
        if child + 1 < size and heap_time[child + 1] < heap_time[child]:
            child += 1
        if heap_time[child] >= time:
            break
        heap_time[at], heap_node[at] = heap_time[child], heap_node[child]
        at, child = child, 2 * child + 1
    heap_time[at], heap_node[at] = time, node
    return size
