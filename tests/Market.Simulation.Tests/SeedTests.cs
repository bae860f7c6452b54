using Market.Actors.Simulation;
using Xunit.Abstractions;

namespace Market.Simulation.Tests;

/// <summary>Thousands of histories, all of them judged, and what they saw counted: a simulation that meets no fault proves nothing.</summary>
public class SeedTests(ITestOutputHelper output)
{
    [Fact]
    public void In_every_history_with_faults_every_law_holds_and_every_fault_has_had_an_effect()
    {
        var (coverage, broken) = Soak.Play(Soak.From, Soak.Seeds, seed => Simulator.Play(seed));
        output.WriteLine(coverage.Table());
        broken.Take(3).Select(history => Simulator.Explain(history)).ShouldBeEmpty();
        foreach (var sight in Coverage.SightsOfOne) { coverage[sight].ShouldBeGreaterThan(Soak.Seeds / 200, $"{sight}"); }
        foreach (var law in Enum.GetValues<Law>()) { coverage[law].ShouldBeGreaterThan(Soak.Seeds / 20, $"{law} was looked at too seldom"); }
        coverage.Interleavings.ShouldBeGreaterThan(Soak.Seeds * 99 / 100);
    }

    [Fact]
    public void In_every_history_without_faults_every_law_holds()
    {
        var (coverage, broken) = Soak.Play(Soak.From, 300, seed => Simulator.Play(seed, faults: false));
        broken.Take(3).Select(history => Simulator.Explain(history, faults: false)).ShouldBeEmpty();
        coverage[Sight.CrashedInMidRelease].ShouldBe(0);
        coverage[Sight.AppendFailedKept].ShouldBe(0);
    }

    [Fact]
    public void The_same_seed_gives_the_same_history_byte_for_byte()
    {
        for (var seed = 1UL; seed <= 40; seed++)
        {
            var (first, second) = (Simulator.Play(seed), Simulator.Play(seed));
            second.Journal.ShouldBe(first.Journal, $"seed {seed}");
            second.Played.ShouldBe(first.Played);
            first.Coverage.Add(second.Coverage);
            first.Coverage.Interleavings.ShouldBe(1, $"seed {seed}");
        }
    }
}
