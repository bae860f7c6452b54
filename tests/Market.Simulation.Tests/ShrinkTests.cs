using Market.Actors.Simulation;
using Market.Simulation.Tests.Planted;

namespace Market.Simulation.Tests;

/// <summary>A seed that breaks a law is told with as little as breaks it still.</summary>
public class ShrinkTests
{
    [Theory]
    [InlineData("refunds a refused investment", 8)]
    [InlineData("snapshots one event early", 4)]
    [InlineData("loses an outbox message", 40)]
    public void What_is_left_of_a_schedule_breaks_the_same_law_and_nothing_of_it_can_be_spared(string name, int most)
    {
        var fault = PlantedFault.All.Single(one => one.Name == name);
        var broken = FirstBroken(fault);
        var shrunk = Simulator.Shrink(broken, faults: true, fault.Plant);
        shrunk.History.Broken.ShouldBe(broken.Broken);
        shrunk.Steps.Count.ShouldBeLessThanOrEqualTo(most);
        shrunk.Steps.Select(one => one.Number).ShouldBeInOrder();
        foreach (var one in shrunk.Steps)
        {
            var fewer = shrunk.Steps.Where(other => other.Number != one.Number).Select(other => other.Step).ToArray();
            Simulator.Play(broken.Seed, faults: true, fewer, fault.Plant()).Broken.ShouldNotBe(broken.Broken);
        }
    }

    [Fact]
    public void A_broken_history_names_its_seed_its_law_and_the_command_that_plays_it_again()
    {
        var fault = PlantedFault.All.Single(one => one.Name == "refunds a refused investment");
        var broken = FirstBroken(fault);
        var told = Simulator.Explain(broken, faults: true, fault.Plant);
        told.ShouldContain($"Seed {broken.Seed} breaks CoinsAddUp");
        told.ShouldContain("Invest");
        told.ShouldContain($"monkonomy simulate --seed {broken.Seed} --faults");
    }

    [Fact]
    public void A_step_draws_the_same_whatever_is_left_out_before_it()
    {
        var climate = Climate.Of(7, faults: true);
        var steps = Schedule.Draw(climate);
        Schedule.Draw(climate).ShouldBe(steps);
        new Lots(steps[100].Lot).Bits().ShouldBe(new Lots(Schedule.Draw(climate)[100].Lot).Bits());
    }

    private static History FirstBroken(PlantedFault fault) => Enumerable.Range(1, fault.Seeds)
        .Select(seed => Simulator.Play((ulong)seed, faults: true, Schedule.Draw(Climate.Of((ulong)seed, faults: true)), fault.Plant()))
        .First(history => history.Broken == fault.Law);
}
