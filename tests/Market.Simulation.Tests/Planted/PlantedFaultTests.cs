using Market.Actors.Simulation;
using Xunit.Abstractions;

namespace Market.Simulation.Tests.Planted;

/// <summary>The simulation can fail: each fault planted is found, by the law that it breaks, and by nothing else when that law is not looked at.</summary>
public class PlantedFaultTests(ITestOutputHelper output)
{
    /// <summary>The system's own audit of a finished journal, which finds nearly all of them: left out, so that a law can be seen to matter.</summary>
    private const Law Audit = Law.SameSeedSameJournal;

    public static TheoryData<string> Faults => [.. PlantedFault.All.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_planted_fault_is_found_by_the_law_it_breaks(string name)
    {
        var fault = Named(name);
        var (_, broken) = Soak.Play(1, fault.Seeds, seed => Play(fault, seed, fault.Plant(), []));
        broken.Select(history => history.Broken!.Value).ShouldBeSubsetOf(Laws(fault), string.Join('\n', broken.Select(history => history.What)));
        var found = broken.FirstOrDefault(history => history.Broken == fault.Law);
        found.ShouldNotBeNull($"{fault.Law} finds nothing in {fault.Seeds} seeds");
        output.WriteLine($"seed {found.Seed}, {broken.Count} of {fault.Seeds} seeds; {found.What}");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Without_the_laws_that_find_it_a_planted_fault_lives(string name)
    {
        var fault = Named(name);
        var struck = 0L;
        var (_, broken) = Soak.Play(1, fault.Seeds, seed =>
        {
            var saboteur = fault.Plant();
            var history = Play(fault, seed, saboteur, [.. Laws(fault), Audit]);
            Interlocked.Add(ref struck, saboteur.Struck);
            return history;
        });
        broken.Select(history => history.What).ShouldBeEmpty();
        struck.ShouldBeGreaterThan(0);
    }

    /// <summary>No law stands in a row of the table without need.</summary>
    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_law_named_finds_the_fault_alone(string name)
    {
        var fault = Named(name);
        foreach (var law in Laws(fault))
        {
            var (_, broken) = Soak.Play(1, fault.Seeds, seed => Play(fault, seed, fault.Plant(), [.. Laws(fault).Where(other => other != law), Audit]));
            broken.ShouldNotBeEmpty($"{law} is not needed");
        }
    }

    private static History Play(PlantedFault fault, ulong seed, Saboteur saboteur, Law[] without)
    {
        var steps = Schedule.Draw(Climate.Of(seed, faults: true)).Where(step => fault.Without?.Contains(step.Kind) is not true).ToArray();
        return Simulator.Play(seed, faults: true, steps, saboteur, without);
    }

    private static Law[] Laws(PlantedFault fault) => [fault.Law, .. fault.Also];

    private static PlantedFault Named(string name) => PlantedFault.All.Single(fault => fault.Name == name);
}
