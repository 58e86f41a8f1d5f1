package io.maquette.admin.jmx;

import java.lang.reflect.Method;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.StandardMBean;

/** MXBean whose descriptions come from the {@link Description}s of its interface. */
final class DescribedMBean extends StandardMBean {

  <T> DescribedMBean(T bean, Class<T> type) {
    super(bean, type, true);
  }

  @Override
  protected String getDescription(MBeanInfo info) {
    return getMBeanInterface().getAnnotation(Description.class).value();
  }

  @Override
  protected String getDescription(MBeanAttributeInfo attribute) {
    try {
      Method getter = getMBeanInterface().getMethod("get" + attribute.getName());
      return getter.getAnnotation(Description.class).value();
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }
}
