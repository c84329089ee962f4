import resource

from lernnetzwerk.operation.call_stack import roomy

DEPTHS = range(400)
CALLS = 200


def test_no_depth_of_the_stack_makes_calls_expensive():
    assert max(roomy(faults)()) < CALLS / 2


def test_arguments_result_and_name_are_those_of_the_function():
    def joined(first: str, *, last: str) -> str:
        return f"{first} {last}"

    assert roomy(joined)("Lünen", last="Unna") == "Lünen Unna"
    assert roomy(joined).__name__ == "joined"


def faults() -> list[int]:
    """Returns for each depth how many pages of memory its calls made the kernel provide."""
    return [at_depth(depth) for depth in DEPTHS]


def at_depth(depth: int) -> int:
    return at_depth(depth - 1) if depth else faults_of_calls()


def faults_of_calls() -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(CALLS):
        nothing(nothing(0))
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def nothing(value: int) -> int:
    return value
