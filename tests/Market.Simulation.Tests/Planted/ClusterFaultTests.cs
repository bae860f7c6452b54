using Market.Actors.Simulation;
using Xunit.Abstractions;

namespace Market.Simulation.Tests.Planted;

/// <summary>What could be wrong with a cluster alone, planted and found.</summary>
public class ClusterFaultTests(ITestOutputHelper output)
{
    public static TheoryData<string> Faults => [.. ClusterFault.All.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_of_a_cluster_is_found_by_the_law_it_breaks(string name)
    {
        var fault = ClusterFault.All.Single(one => one.Name == name);
        var (_, broken) = Soak.Play(1, fault.Seeds, seed => Play(fault, seed));
        output.WriteLine(string.Join('\n', broken.GroupBy(history => history.Broken).Select(group => $"{group.Key}: {group.Count()}, seed {group.First().Seed}: {group.First().What}")));
        broken.ShouldContain(history => history.Broken == fault.Law);
    }

    private static History Play(ClusterFault fault, ulong seed)
    {
        var steps = Schedule.Draw(Simulator.ClimateOf(seed, faults: true, nodes: 3));
        return Simulator.Play(seed, faults: true, steps, fault.Plant(), nodes: 3);
    }
}

/// <param name="Law">The one that says what is wrong.</param>
/// <param name="Seeds">Within so many it is found.</param>
internal sealed record ClusterFault(string Name, Law Law, int Seeds, Func<Saboteur> Plant)
{
    public static IReadOnlyList<ClusterFault> All { get; } =
    [
        new("acknowledges before the append", Law.WhatIsDueHappens, 40, () => new EarlyAcknowledgement(AcknowledgeWhen.ItCame)),
        new("acknowledges before the reply is confirmed", Law.WhatIsDueHappens, 300, () => new EarlyAcknowledgement(AcknowledgeWhen.ReplyIsGiven)),
        new("replies before the append", Law.NothingBeforeItIsDurable, 10, () => new HastyAnswers()),
        new("ignores a journal conflict", Law.NothingBeforeItIsDurable, 100, () => new DeafToConflicts()),
        new("handles a redelivered request again", Law.OneEffectOneAnswer, 100, () => new ForgottenRequests()),
        new("keeps answering from memory", Law.WhatIsDueHappens, 40, () => new ZombieShards()),
        new("gives answers to another life of the door", Law.AnswersGoToTheirAskers, 40, () => new SameDoor()),
        new("loses a link on handover", Law.WhatIsDueHappens, 40, () => new HastyLinks()),
    ];
}
