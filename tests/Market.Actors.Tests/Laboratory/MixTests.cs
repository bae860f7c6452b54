using Market.Actors.Bots;
using Market.Actors.Laboratory;

namespace Market.Actors.Tests.Laboratory;

public class MixTests
{
    [Theory]
    [InlineData("contrarian=20,investor=10", "contrarian=20,investor=10")]
    [InlineData("forecast=60,contrarian=20,investor=10,hype=5,feeder=5", "follow-forecast=60,contrarian=20,investor=10,hype-rider=5,patient-feeder=5")]
    [InlineData(" gambler = 3 , champion ", "gambler=3,champion=1")]
    [InlineData("metronome", "metronome=1")]
    public void A_mix_is_names_and_weights(string text, string read) => Mix.Read(text, out _)!.ToString().ShouldBe(read);

    [Theory]
    [InlineData("", "There is no temperament \"\"; there are investor, patient-feeder, hype-rider")]
    [InlineData("bull=3", "There is no temperament \"bull\"; there are")]
    [InlineData("investor=3,", "There is no temperament")]
    [InlineData("Investor=3", "There is no temperament \"Investor\"")]
    [InlineData("investor=0", "The weight of investor is a whole number from 1 to 1000000.")]
    [InlineData("investor=", "The weight of investor")]
    [InlineData("investor=-1", "The weight of investor")]
    [InlineData("investor=1.5", "The weight of investor")]
    [InlineData("investor=1000001", "The weight of investor")]
    [InlineData("hype=1,rider=2", "hype-rider is there twice.")]
    public void What_is_no_mix_is_told_what_would_be(string text, string problem)
    {
        Mix.Read(text, out var told).ShouldBeNull();
        told.ShouldStartWith(problem);
    }

    [Fact]
    public void The_even_mix_is_the_house() => Mix.Even.Parts.Select(part => part.Temperament).ShouldBe(Temperaments.All);

    [Theory]
    [InlineData("investor=1,gambler=1", 10, "5 5")]
    [InlineData("investor=1,gambler=1", 7, "4 3")]
    [InlineData("investor=60,gambler=20,hoarder=20", 1, "1 0 0")]
    [InlineData("investor=1,gambler=2", 100, "33 67")]
    [InlineData("investor=1,gambler=999999", 10, "0 10")]
    public void Traders_are_apportioned_by_weight_and_largest_remainder(string mix, int traders, string counts) =>
        string.Join(' ', Mix.Read(mix, out _)!.Apportion(traders)).ShouldBe(counts);
}
