using Lime.Core.Ovsdb;
using NUnit.Framework;
using static Lime.Core.Ovsdb.OvsdbOperation;

namespace Lime.Tests.Ovsdb;

/// <remarks>Goal: each operation is written as RFC 7047 section 5.2 has it. The texts are by hand.</remarks>
public class OperationTests
{
    private static readonly Guid Id = Guid.Parse("36bef046-7da7-43a5-905a-c17899216fcb");

    private static readonly OvsdbRow Named = OvsdbRow.Of(("name", OvsdbValue.Of("br0")));

    private static string Write(OvsdbOperation operation) => ValueTests.Written(operation.Write);

    [Test]
    public void Insert_with_a_name_and_without()
    {
        Assert.That(
            Write(new Insert("Port", Named, "port")),
            Is.EqualTo("""{"op":"insert","table":"Port","row":{"name":"br0"},"uuid-name":"port"}"""));
        Assert.That(
            Write(new Insert("Port", OvsdbRow.Of(("interfaces", OvsdbValue.Named("i"))))),
            Is.EqualTo("""{"op":"insert","table":"Port","row":{"interfaces":["named-uuid","i"]}}"""));
    }

    [Test]
    public void Select_of_some_columns_and_of_all()
    {
        Assert.That(
            Write(new Select("Port", [OvsdbCondition.IsRow(Id)], ["name"])),
            Is.EqualTo("""{"op":"select","table":"Port","where":"""
                + $$"""[["_uuid","==",["uuid","{{Id}}"]]],"columns":["name"]}"""));
        Assert.That(Write(new Select("Port", [], [])), Is.EqualTo("""{"op":"select","table":"Port","where":[]}"""));
    }

    [Test]
    public void Update() => Assert.That(
        Write(new Update("Bridge", [OvsdbCondition.Equal("name", OvsdbValue.Of("x"))], Named)),
        Is.EqualTo("""{"op":"update","table":"Bridge","where":[["name","==","x"]],"row":{"name":"br0"}}"""));

    [Test]
    public void Mutate() => Assert.That(
        Write(new Mutate(
            "Bridge",
            [],
            [
                OvsdbMutation.Add("n", 1),
                OvsdbMutation.Insert("ports", OvsdbValue.Named("p")),
                OvsdbMutation.Delete("ports", OvsdbValue.Empty),
            ])),
        Is.EqualTo("""{"op":"mutate","table":"Bridge","where":[],"mutations":"""
            + """[["n","+=",1],["ports","insert",["named-uuid","p"]],["ports","delete",["set",[]]]]}"""));

    [Test]
    public void Delete() => Assert.That(
        Write(new Delete("Port", [new OvsdbCondition("tag", ">", OvsdbValue.Of(3))])),
        Is.EqualTo("""{"op":"delete","table":"Port","where":[["tag",">",3]]}"""));

    [Test]
    public void Wait_for_rows_and_for_none()
    {
        Assert.That(
            Write(new Wait("Bridge", [OvsdbCondition.IsRow(Id)], [Named])),
            Is.EqualTo("""{"op":"wait","table":"Bridge","timeout":0,"where":"""
                + $$"""[["_uuid","==",["uuid","{{Id}}"]]],"columns":["name"],"until":"==","rows":[{"name":"br0"}]}"""));
        Assert.That(
            Write(new Wait("Bridge", [], [], IsEqual: false, TimeoutMs: 50) { Columns = ["name"] }),
            Is.EqualTo("""{"op":"wait","table":"Bridge","timeout":50,"where":[],"""
                + "\"columns\":[\"name\"],\"until\":\"!=\",\"rows\":[]}"));
    }

    [Test]
    public void Comment() =>
        Assert.That(Write(new Comment("why")), Is.EqualTo("""{"op":"comment","comment":"why"}"""));
}
