using System.Runtime.CompilerServices;
using Market.Actors.Simulation;
using Market.Simulation.Tests.Planted;

namespace Market.Simulation.Tests;

/// <summary>The page about the simulation says what is tested.</summary>
public class PageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "docs", "SIMULATION.md"));

    [Fact]
    public void Every_planted_fault_has_its_row()
    {
        foreach (var fault in PlantedFault.All)
        {
            Page.ShouldContain($"| {fault.Name} | `{fault.Law}` | {string.Join(", ", fault.Also.Select(law => $"`{law}`"))} | {fault.Seeds} |");
        }
        PlantedFault.All.Count.ShouldBeGreaterThanOrEqualTo(12);
    }

    [Fact]
    public void Every_fault_of_a_cluster_has_its_row()
    {
        foreach (var fault in ClusterFault.All) { Page.ShouldContain($"| {fault.Name} | `{fault.Law}` | {fault.Seeds} |"); }
        ClusterFault.All.Count.ShouldBeGreaterThanOrEqualTo(6);
    }

    [Fact]
    public void Every_law_is_explained()
    {
        foreach (var law in Enum.GetValues<Law>()) { Page.ShouldContain($"`{law}`"); }
    }

    private static string Here([CallerFilePath] string here = "") => here;
}
