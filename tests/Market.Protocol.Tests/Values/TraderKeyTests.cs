using Market.Protocol.Values;

namespace Market.Protocol.Tests.Values;

public class TraderKeyTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("alice")]
    [InlineData("Zoé the 3rd")]
    [InlineData("猿")]
    [InlineData("🐒")]
    [InlineData("<script>")] // text, never markup
    [InlineData("a/b")]
    [InlineData(" a ")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")] // 64
    public void Names_are_any_text_of_1_to_64_characters(string name) => TraderKey.IsName(name).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\u3000\u00a0")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    [InlineData("\u0085")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")] // 65
    public void Empty_long_blank_and_control_characters_are_no_name(string? name) => TraderKey.IsName(name).ShouldBeFalse();

    [Fact]
    public void Halves_of_a_surrogate_pair_are_no_name()
    {
        const char high = '\ud83d';
        const char low = '\udc12';
        TraderKey.IsName($"a{high}{low}").ShouldBeTrue();
        TraderKey.IsName($"a{high}").ShouldBeFalse();
        TraderKey.IsName($"{high}a").ShouldBeFalse();
        TraderKey.IsName($"{low}{high}").ShouldBeFalse();
        TraderKey.IsName($"{low}").ShouldBeFalse();
    }

    [Theory]
    [InlineData("BONOBO/alice", "BONOBO", "alice")]
    [InlineData("BONOBO/a/b", "BONOBO", "a/b")]
    [InlineData("é/ é", "é", " é")]
    public void It_is_read_as_team_and_name_at_the_first_slash(string text, string team, string name)
    {
        TraderKey.TryRead(text, out var key).ShouldBeTrue();
        (key.Team, key.Name).ShouldBe((team, name));
        key.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("alice")]
    [InlineData("/alice")]
    [InlineData("BONOBO/")]
    [InlineData("BONOBO/ ")]
    [InlineData("BONO\tBO/alice")]
    public void Anything_else_is_no_trader(string text) => TraderKey.TryRead(text, out _).ShouldBeFalse();

    [Fact]
    public void Equal_are_those_of_equal_team_and_name()
    {
        var alice = new TraderKey("BONOBO", "alice");
        alice.ShouldBe(new TraderKey("BONOBO", "alice"));
        alice.GetHashCode().ShouldBe(new TraderKey("BONOBO", "alice").GetHashCode());
        alice.ShouldNotBe(new TraderKey("DRILL", "alice"));
        alice.ShouldNotBe(new TraderKey("BONOBO", "Alice"));
        new TraderKey("AB", "C").ShouldNotBe(new TraderKey("A", "BC"));
        new TraderKey("AB", "C").Hash.ShouldNotBe(new TraderKey("A", "BC").Hash);
    }

    [Fact]
    public void Traders_of_one_team_share_its_name()
    {
        var (one, other) = (new TraderKey(new string("SAGOUIN".AsSpan()), "alice"), new TraderKey(new string("SAGOUIN".AsSpan()), "bob"));
        other.Team.ShouldBeSameAs(one.Team);
    }

    /// <summary>Computed apart from this code: XXH64 of the name's UTF-16 bytes, seeded with that of the team's.</summary>
    [Theory]
    [InlineData("BONOBO", "alice", 0x0DB152CFE5E9D494)]
    [InlineData("ALOUATE", "bob", 0xD22BCD63817E954B)]
    [InlineData("DRILL", "🐒", 0x4F37BC80A39F7CB7)]
    public void Its_hash_is_the_same_on_every_machine(string team, string name, ulong hash) =>
        new TraderKey(team, name).Hash.ShouldBe(hash);
}
