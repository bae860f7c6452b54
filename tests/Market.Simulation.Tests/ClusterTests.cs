using Market.Actors.Simulation;
using Xunit.Abstractions;

namespace Market.Simulation.Tests;

/// <summary>Thousands of histories of three nodes over one broker and one database, judged by the laws of a node of its own.</summary>
public class ClusterTests(ITestOutputHelper output)
{
    private const int Nodes = 3;

    [Fact]
    public void In_every_history_of_a_cluster_every_law_holds_and_every_fault_has_had_an_effect()
    {
        var (coverage, broken) = Soak.Play(Soak.From, Soak.ClusterSeeds, seed => Simulator.Play(seed, faults: true, Nodes));
        output.WriteLine(coverage.Table());
        broken.Take(3).Select(history => Simulator.Explain(history, faults: true, Nodes)).ShouldBeEmpty();
        foreach (var sight in Coverage.SightsOfClusters) { coverage[sight].ShouldBeGreaterThan(Soak.ClusterSeeds / 200, $"{sight}"); }
        foreach (var law in Enum.GetValues<Law>()) { coverage[law].ShouldBeGreaterThan(Soak.ClusterSeeds / 20, $"{law} was looked at too seldom"); }
        coverage.Interleavings.ShouldBeGreaterThan(Soak.ClusterSeeds * 99 / 100);
    }

    [Fact]
    public void In_every_history_of_a_cluster_without_faults_every_law_holds()
    {
        var (coverage, broken) = Soak.Play(Soak.From, 50, seed => Simulator.Play(seed, faults: false, Nodes));
        broken.Take(3).Select(history => Simulator.Explain(history, faults: false, Nodes)).ShouldBeEmpty();
        coverage[Sight.PublishLost].ShouldBe(0);
        coverage[Sight.BrokerRestarted].ShouldBe(0);
    }

    [Fact]
    public void The_same_seed_gives_the_same_history_of_a_cluster_byte_for_byte()
    {
        for (var seed = 1UL; seed <= 10; seed++)
        {
            var (first, second) = (Simulator.Play(seed, faults: true, Nodes), Simulator.Play(seed, faults: true, Nodes));
            second.Journal.ShouldBe(first.Journal, $"seed {seed}");
            first.Coverage.Add(second.Coverage);
            first.Coverage.Interleavings.ShouldBe(1, $"seed {seed}");
        }
    }
}
