using Market.Node.Inspection;

namespace Market.Node.Tests.Inspection;

public sealed class ActorPathTests
{
    [Theory]
    [InlineData("/", ActorKind.Root)]
    [InlineData("/banana", ActorKind.Everything)]
    [InlineData("/banana/market", ActorKind.Market)]
    [InlineData("/banana/price", ActorKind.Price)]
    [InlineData("/banana/plantation", ActorKind.Plantation)]
    [InlineData("/banana/gibber", ActorKind.Gibber)]
    [InlineData("/banana/trader", ActorKind.Teams)]
    [InlineData("/banana/trader/BONOBO", ActorKind.Team)]
    [InlineData("/banana/trader/BONOBO/alice", ActorKind.Trader)]
    [InlineData("/banana/trader/BONOBO/a/b c", ActorKind.Trader)]
    [InlineData("/banana/shard", ActorKind.Shards)]
    [InlineData("/banana/shard/12", ActorKind.Shard)]
    public void An_address_is_read_and_written_as_it_was(string text, ActorKind kind)
    {
        var path = ActorPath.TryRead(text).ShouldNotBeNull();

        path.Kind.ShouldBe(kind);
        path.ToString().ShouldBe(text);
    }

    [Fact]
    public void A_traders_name_is_all_that_follows_its_team() => ActorPath.TryRead("/banana/trader/BONOBO/a/b")!.Trader!.Name.ShouldBe("a/b");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("banana/price")]
    [InlineData("//price")]
    [InlineData("/BANANA/price")]
    [InlineData("/banana/")]
    [InlineData("/banana/Price")]
    [InlineData("/banana/price/more")]
    [InlineData("/banana/shard/-1")]
    [InlineData("/banana/shard/x")]
    [InlineData("/banana/shard/99999999999")]
    [InlineData("/banana/trader//alice")]
    [InlineData("/banana/trader/BONOBO/")]
    [InlineData("/banana/trader/BONOBO/\u001b[31m")]
    public void What_is_no_address_is_none(string? text) => ActorPath.TryRead(text).ShouldBeNull();
}
