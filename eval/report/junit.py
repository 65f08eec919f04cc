"""The run for a build server: one test a gate, one a crashed conversation."""

from xml.etree import ElementTree

from eval.report.figures import Figures


def junit(report: Figures) -> str:
    gates = report.get("gates", [])
    crashes = report["crashes"]
    failed = [gate for gate in gates if not gate["passed"] and not gate["goal"]]
    suite = ElementTree.Element(
        "testsuite",
        name=f"eval {report['split']}",
        tests=str(len(gates) + len(crashes)),
        failures=str(len(failed)),
        errors=str(len(crashes)),
        skipped=str(sum(not gate["passed"] and gate["goal"] for gate in gates)),
        time=str(report["seconds"]),
        timestamp=report["made"],
    )
    for gate in gates:
        _gate(suite, gate)
    for crash in crashes:
        case = ElementTree.SubElement(suite, "testcase", classname="conversation", name=f"{crash['case']}/{crash['turn']}")
        ElementTree.SubElement(case, "error", message=crash["why"])
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True)


def _gate(suite: ElementTree.Element, gate: Figures) -> None:
    case = ElementTree.SubElement(suite, "testcase", classname="gate", name=gate["name"])
    if gate["passed"]:
        return
    text = f"{gate['figure']} is {gate['value']}, must be {gate['limit']}: {gate['why']}"
    # A goal that is not reached yet is told, and does not stop a build.
    ElementTree.SubElement(case, "skipped" if gate["goal"] else "failure", message=text)
